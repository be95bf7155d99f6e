/** What `atom help jobs` says. */
export const jobsTopic = `JOBS
Nothing runs by itself unless you made a job of it:

  atom jobs add "every weekday 8:30" "git status"       an agent is asked, as you would ask it
  atom jobs add "in 20 minutes" --remind "tea"          you are only written to
  atom jobs                                             all of them, the next to come first
  atom jobs run j1 | pause j1 | resume j1 | remove j1

In a chat with an agent: remind me in 20 minutes to drink tea; every weekday 8:30 run git status.

When: every day 7:15, every weekday at 9, every monday and friday at 6pm, every 15 minutes, hourly,
every month on the 15th, in 2 hours, today at 17:00, tomorrow at noon, 2026-12-24 18:00,
2026-12-24T18:00Z, @daily, or five fields of cron. Times are those of this machine's time zone, over
changes of the clock: what falls into the hour that is left out in spring is done when that is over
(at 3:00 where 2:30 is not there), and what comes twice in autumn is done the first time.

Each run is a conversation of its own: it knows nothing of the others, has its own budget, and may do
what its agent may, no more; what is to be asked about is asked. Its answer comes to your chat where
you are asked first (--to names another). A run that is not over when the next is due is not begun
again. What was missed while atom did not run is done once, when it runs.

An agent may remind you in the chat it speaks to you in. To work at a later time it asks you, and a
job makes no other job.`;
