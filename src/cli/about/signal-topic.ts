/** What `atom help signal` says. */
export const signalTopic = `SIGNAL (EXPERIMENTAL)
Never run against Signal itself. atom speaks to signal-cli, which you install, start and keep up to date:

  signal-cli daemon --socket=<path> --receive-mode=manual
  atom channels add signal --set account=+4915112345678 --set socket=<path>
  atom channels login signal       a QR code; Signal on the phone: Settings, Linked devices
  atom pair signal                 a link that opens the chat, and a code to send there
  atom channels test signal        sends a message for real and waits for an answer

socket   the full path of its socket: only you can open it
tcp      host:port, instead; 127.0.0.1:7583 where nothing is named
http     http://host:port, instead, for signal-cli with --http
Whoever reaches that place reads and writes as the account, without a password.

Without --receive-mode=manual, what comes while atom is away is lost. A signal-cli that was started with
-a has one account and links no other; one without -a has all of them. Where it ends, atom says so and
connects again as soon as it is back.

Who may write: numbers or uuids in --allow, and whoever was paired. A number may pass to somebody else,
so signal-cli is asked for the uuid behind it, which is kept instead; one that is listed all the same
stands for whoever had it first, until it is taken off the list. Nobody else is heard, and gets no
answer, but for /link with the code of atom pair. For a number of atom's own:
  atom config set channels.signal.answerStrangers true
Your own number in --allow makes Note to Self a chat with atom. A group is added by its id (--group,
signal-cli listGroups shows it), and heard where it mentions atom or quotes it. A card has numbers instead
of buttons: reply 1 k7p2, or with the number to the card itself.

Signal may ask for a captcha, or say that a safety number has changed: atom outbox list shows the message
with the command of signal-cli that goes on.`;
