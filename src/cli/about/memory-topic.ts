/** What `atom help memory` says. */
export const memoryTopic = `MEMORY
Agents remember what you tell them to, and what they find useful, in plain files that are yours:

  remember that I take my tea with milk                 in a chat; a model does so by itself, too
  what do you remember about my tea?
  forget note i-take-my-tea-with-milk                   or: forget about my tea

  atom memory                                           all of it
  atom memory show | path | forget | restore <note>     forgotten ones come back for 30 days
  atom memory trust <note>                              see below

Each agent has a memory of its own of each person: what you told it is never read in another's chat, nor
theirs in yours; an owner's chats share one, and so do those of a user (atom help users; --user). Groups and
guests without one have none. Add, edit or remove files with
any editor: they are found by their words as they are now. No jail shows them to a command.

A note says where it came from, and is labelled so for as long as it is there: what was written after an
agent had read a web page counts as strangers’ words, and you were asked before it was kept. A model is
told of your own notes that fit what you say; strangers’ words are only counted, and count as such when
they are looked up: then it asks before it sends, runs or keeps anything. If you stand by such a note,
atom memory trust makes it yours, and so does taking the line label: out of its file.

Keeping a note counts as telling (2), changing or forgetting one as a change (3). What looks like a
password or a key is not kept.`;
