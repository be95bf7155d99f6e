/** What `atom help feed` says. */
export const feedTopic = `FEED
What your agents do, as a story: that one began, what it used, what it was refused, how it ended and how
long that took. Agents post insights, questions and alerts of their own, and so do you.

  atom feed                        the latest posts, the newest last
  atom feed --follow               and what comes; --agent writer, --kind question
  atom feed --thread 12            one story, or a question with its answers
  atom feed post "@writer the deadline is Friday" --kind insight
  atom feed reply 12 "the blue one"
  atom feed react 12 👍
  atom feed --user dana            what was told of work for a user (atom help users)

In the terminal UI, Ctrl-T opens and closes it. In a chat with you alone, /feed tells the latest. One message
a day with what mattered, to your chats:
  atom config set notify.digest 08:00

What is told: names of programs, files and skills, counts, durations. Not what anybody wrote, no command
lines, no content. With their reasons only for agents that you set so; nothing of others:
  atom agents set writer --feed detailed      (operations, off)
  atom agents set diary --private             never posts at all
Of a channel or a jail that is private, nothing is told, nor later in that conversation:
  atom config set channels.signal.private true
  "private": true in a jail of config.json
Before a post is kept, secrets, e-mail addresses, numbers of telephones, cards, accounts and people, and
names of home folders, of this account and its machine are taken out; where that fails there is no post.

The feed is for reading. What happened is in the record: atom audit list.`;
