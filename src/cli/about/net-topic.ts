/** What `atom help net` says. */
export const netTopic = `NET
atom fetches pages and text from the web: say "fetch example.org", or let a model ask for it. What comes
back is a stranger's words, and counts as such from then on.

  atom config set net.allow '["example.org", "*.wikipedia.org"]'    looked at without asking
  atom config set net.plain '["old.example.org"]'                   may be spoken to without TLS
  atom config set net.private '["192.168.1.5:8080", "nas.local:443"]'   servers of your own networks

These hold from the next start. Any other host is asked about, with its address and everything that would
be sent, however mature the agent is. A body, and a method but GET and HEAD, counts as a change, DELETE as
what destroys. Once strangers' words were read, even a look is asked about, unless you wrote its address
yourself; once a secret was seen, nothing is fetched any more.

Whatever is allowed: no address of this machine or of a private network but what net.private names (never
those where clouds hand out keys), looked at again at every step that an address leads on; no more than
five of those, never away from TLS, and to another host only where you allowed that. 2 MB unpacked, 20
seconds, no cookies, no proxy, no password in an address. Keys in headers are shown and kept nowhere.

Commands reach hosts by their jail alone: atom help jails.`;
