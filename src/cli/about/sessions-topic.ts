/** What `atom help sessions` says. */
export const sessionsTopic = `SESSIONS
Every chat is a session of its own: telegram:dm:5012233, whatsapp:group:…@g.us, a topic or a thread of
one with its name behind it. A session has one conversation after the other; /new begins the next, and
none is forgotten.

In a chat:
  /sessions             its conversations; /sessions 2 goes on with that one
  /compact              sum up what was said before; /compact WORDS: what it should not leave out
  /compact keep WORDS   the same, and these words are kept as they are
  /pin WORDS            keep words as they are; /pin tells which, /unpin 2 keeps that one no longer
  /model                which model answers here; /model NAME lets another one that you use answer
  /help                 all of them

Here:
  atom sessions                       every chat, the one that spoke last first
  atom sessions show SESSION [2]      what was said
  atom sessions replay SESSION [2]    step by step: what was wanted, decided, approved and done
  atom sessions replay SESSION --export report.html
                                      the same in one file for a report, without what is private
  atom sessions compact SESSION       the same as /compact there
  atom sessions remove SESSION [2]    for good, after a yes

A model can be told only so much at once. Where four fifths of that are used, it sums up the older part
of the conversation, and says so in a line: the newest turns stay as they are, no call is parted from
its result, and what you said for good (always …, never …, from now on …, remember …) stays word for
word. A summary counts as private and as untrusted as the worst of what is in it. Where it cannot be
made, excerpts take its place. All of it stays in the transcript.

Long results are told as their beginning and their end, older ones in less; the whole of each is kept,
and the model reads it with result_read.

How much a model takes is known of those of Anthropic, OpenAI and Google, and 32,768 tokens for others.
For yours:  atom config set models.local.window 8192`;
