/** What `atom help notify` says. */
export const notifyTopic = `NOTIFICATIONS
What happens can be told to a chat of yours on a channel: what you choose, where, in your words, and when.

  atom notify add night --to telegram --events channel,job.failed,post.question --quiet-hours 22:00-07:00
  atom notify add ops --to slack --events budget,demotion --template "{time} {agent}: {text}"
  atom notify add day --to signal --events job.done,post.insight --digest 18:00 --zone Europe/Berlin
  atom notify test night             tells something now, through the running gateway
  atom notify list                   what is told, and every event there is
  atom notify remove ops

In quiet hours it waits, and comes in one message when they end; with --digest all of it comes once a day.
panic, record and factor are critical: they are told at once, whatever the hour. The same is told once in
ten minutes, and ten at most; what is held back is counted in the next one. What waits outlives a restart.

It goes through the outbox like every message, to the chat that you wrote in first on that channel, and only
while that is still yours. It is redacted as the feed is; what cannot be is not told. Of an expired question
only its number is told, of a job only how it ended. What fails is a line in the log and stops nothing else.

To an address instead of a chat: atom help alerts. What the feed told in a day: atom help feed.`;
