import { usersTopic } from './users-topic.ts';

/** What `atom help <topic>` says of people. */
export const peopleTopics: Readonly<Record<string, string>> = {
  users: usersTopic,
  pairing: `PAIRING
Nobody talks to atom but whom you let in, by the platform's fixed id and never by a name.

  atom pair telegram               a QR code and a link; open it with your phone, then say y here
  atom pair discord                a link to the bot, and a code to send it; then say y here
  atom pair                        which channels can be paired
  atom senders list                who is known, and who waits (--words: how they began)
  atom senders approve BCDF-GHJK   let in who was given that code, as a guest (--role member)
  atom senders deny BCDF-GHJK      refuse them
  atom senders role dana member    let somebody do more or less
  atom senders revoke dana         know them no more, from their next message on
  atom senders block dana          never answer them again

  owner     decides like you: approves, stops, takes back, goes on
  member    may ask the agent to work; owners are asked before anything is done, and before what is in
            your files is told to them
  guest     chats, and nothing else: every action but talking is refused, however mature the agent is

Their /stop and /panic stop what they began, wherever it runs, and nothing else; of a /panic you are told.

Your link works once and for five minutes; without a camera, send the bot /link and the code. A stranger
who writes in a direct chat gets a code for you, once, for an hour; what they wrote is not kept, and three
at most have one. Groups never pair. Nobody is let in without a yes at this terminal, and an owner only by
a person at it, with your second factor where you have one. Five wrong codes and nothing of that sender is
looked at for a day; twenty of all senders in an hour and nobody is paired for an hour. Whoever is let in,
blocked or revoked is told of in the feed and in the chats of all owners.

Where atom start or atom attach is open, whoever used your link is a card there: Tab, then y, n, or r for
another role. A stranger with a code is a line; Tab shows the card.

Revoking somebody denies what was asked for them, and ends every standing approval for them or by them.
Ids in channels.telegram.allow or channels.discord.allow of the settings are owners by your own hand, and are taken out there.

With --json, atom pair prints one object a line: open (with the link), matched, then done. It confirms
nothing: atom senders approve <id> does, within two minutes.`,
};
