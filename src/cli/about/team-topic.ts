/** What `atom help agents` says. */
export const teamTopic = `AGENTS TOGETHER
  atom agents add writer --maturity intern
  atom agents message writer "hello" --wait      in its own conversation, agent:writer:main

In a chat: ask writer to list files; @writer list files. A model asks by itself, with agent_ask.

Whoever is asked works in a conversation about that alone, and its answer goes back to whoever asked.
It may do what the least mature on the way may, looked up at each step, and no standing approval of its
own counts for others. What was read on the way labels all that follows. What is spent counts to the
message that began it. Refused in words: an agent that waits for the answer itself, more than 4 steps,
more than 16 errands of one message; of the last two you are told. What you denied stays denied,
whichever agent asks. Stop whoever asked, and what it asked for is stopped.

An agent uses its own jails and skills for whoever asks it, so say who may:

  atom agents set writer --asked-by atom,checker      or everybody, or nobody
  atom agents set diary --private                     nobody asks it, it asks nobody, it posts nothing
  atom agents set checker --wakes question,mention    works at once on such posts in the feed

With a second factor, what lets more come of an agent takes a code of it (--public, more in --asked-by or
--wakes); less does not.

What an agent answers to a question in the feed is posted as a reply, and is told to whoever asked. It
wakes for others' posts, never its own. A student looks, and does not post.

Agents of other people (A2A 1.0), as guests who may talk and have nothing else done:

  atom a2a add partner --agent writer      prints a token, this once; then start atom again
  atom a2a | atom a2a remove partner

They call at the port for webhooks: /.well-known/agent-card.json tells anybody the name, the words and
the agents of channels.a2a, and nothing else; POST /hooks/a2a takes SendMessage and GetTask.`;
