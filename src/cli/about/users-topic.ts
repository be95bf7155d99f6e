/** What `atom help users` says. */
export const usersTopic = `USERS
Somebody else who has accounts, agents and jails of their own with your atom:

  atom agents add dana
  atom jails add ~/dana --name of-dana
  atom users add dana --sender telegram:5012233 --sender signal:<uuid> --agent dana --jail of-dana
  atom users list | show dana
  atom users set dana --role guest           a list that is given stands for the whole
  atom users remove dana
  atom users agree                           takes what you wrote into the settings yourself (users.<name>)

  --sender   channel:id, by the platform's fixed id; device:d2 is a device or a program (atom devices)
  --agent    who works for them, the first one answers first; /agent in their chats lets another of these answer
  --jail     where that is done; without one nothing is run, and agents still only use jails of their own
  --role     member (asks for work; you are asked before it is done), guest (chats), owner (is you)
  --feed     shared: other users may read what is told of the work for them; own, otherwise

What one user talks about, has agents remember, is told of in the feed (unless it is shared) or asked about is
for no other user, in no chat and over no connection. Each agent keeps one memory of a user for all chats of
theirs. A device of theirs may read and speak, and ask for what is theirs; everything else is refused, whatever
scopes it holds. No yes that stands for one of them answers for another.

You look after all of it: every question comes to you, and the feed, the runs and the record show whom they are
for. What a user talks about and has remembered is left out of what you are shown, unless you ask by name:
  atom sessions list --user dana            also show, replay and remove; atom memory … --user dana
  atom feed --user dana
That is manners and no lock: the database and the notes are files of yours.

With a second factor, letting a user do more needs a code, also where config.json was edited by hand; doing less
never does. Whoever is removed is what they were before (a stranger, mostly); questions for them are denied, and
devices of theirs hold no key any more. A name stands for one person: what is remembered of dana is there for
whoever is called dana later. Notes from before somebody had a user stay with the chat that they were kept in.
In groups, the conversation is nobody's alone and yours to see. Only the settings say who is a user.

In the enterprise edition (atom edition) an OpenID provider can say whose a new device is:
  atom config set sso '{"issuer":"https://login.example.com","audience":"atom"}'
  atom users identify dana --email dana@example.com      or --subject <the provider's own id>; --remove
  atom devices pair --id-token-file dana.jwt             a code for dana's device alone; a device may also
                                                         bring a token itself (docs/clients.md)
  atom doctor --sso                                      asks the provider for its keys
You still compare digits and let it in: the provider identifies, and decides nothing. Its keys are looked up at its
own address; where they are elsewhere, sso.keys names that place or a file. An address of mail counts only where the
provider has verified it. Who is not known as that any more loses the device at once. SAML is not offered.`;
