/** What `atom help runs` says. */
export const runsTopic = `RUNS
Everything that was done is a run, and has a code of six characters, such as k7p2qx:

  atom runs list                   the latest: when, who, what, and how each ended
  atom runs show k7p2qx            one: what was decided and why, its jail, its end, its sizes
  atom runs output k7p2qx          all that it printed, both streams as they came
  atom runs output k7p2qx --follow        while it runs
  atom runs output k7p2qx --raw > file    byte for byte

Where atom was cut off in the middle of a run (a crash, a power cut), nobody knows how far it got. It is
in doubt: never repeated by itself, and told in your chats, the feed, atom status, atom health and atom
doctor. Look at what it was about, then say what is true:

  atom runs settle k7p2qx --happened      it was done: nothing more happens
  atom runs settle k7p2qx --again         do it again: decided and asked anew, as if it were new
  atom runs settle k7p2qx --forget        let it rest

Or say it where you were told: by a button of the message (It happened, Do it again, Forget it), or typed
in a chat of yours or at the terminal, as "happened k7p2qx", "again k7p2qx" or "forget k7p2qx"; /runs tells
what is in doubt. Only an owner can, in a direct chat, and the first answer counts. What comes of doing it
again is told in that chat. Buttons are good until atom starts anew; the words always are.

A chat and a model see the beginning and the end of long output, as a terminal would show it and
without secrets; what is no text is named and not drawn. All of it is kept as it came in a file that
only you can read, outside every jail, for 30 days and 1 GB together.

What takes longer than three seconds is shown in the chat it was asked from, in one message that is
edited, with its last lines. /stop ends it. Within half a minute that message becomes the answer;
later the answer is a message of its own, so that your phone rings.

A command that takes more than it may is stopped, and says which limit it was. They are raised with
atom jails set <name> --limit wall=…  (memory, processes, file-size, output).`;
