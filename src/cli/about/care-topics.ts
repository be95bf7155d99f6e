/** What `atom help <topic>` says of everything else. */
export const careTopics: Readonly<Record<string, string>> = {
  audit: `AUDIT
Everything that was asked, decided and done is an entry in the record. Each entry holds the hash of
the one before; all of them are signed together, once a minute while something happens.

  atom audit list                  the latest entries (--kind refused)
  atom audit verify                checks all of it, and names the first entry that does not hold
  atom audit verify --checkpoint saved.txt    also against a checkpoint that was kept elsewhere
  atom audit verify --since 12000  takes the first 12000 as a checkpoint has them, checks the rest
  atom audit export --jsonl --out record.jsonl    to verify elsewhere, with Node alone
  atom audit key                   the public key: keep it where this machine cannot reach it
  atom audit key --rotate          another key, which the old one vouches for

A checkpoint (name, number of entries, root, signature) is what shows later that something was cut
off or that all was rewritten, as long as one copy is out of reach. So they are sent to your chat once
a day, and added to a file of yours:
  atom config set audit.export /mnt/usb/atom-checkpoints.jsonl
  atom config set audit.announce false       no messages
Save such a message to a file as it is, and give it to --checkpoint.

verify exits 1 where something does not hold: changed, missing, inserted, swapped, cut off, rewritten
(between two checkpoints, with the chain made anew) or re-signed (by a key that yours does not vouch
for). Where you put a backup back, what came after it is missing from the record, and a checkpoint that you
kept elsewhere says so.`,

  channels: `CHANNELS
  atom channels list               what is connected, and how it is doing
  atom channels add telegram       a bot's token from @BotFather; it is checked before it is stored
  atom channels add slack          an app in a workspace: atom help slack
  atom channels add sms            an account at Twilio: atom help sms
  atom channels add whatsapp-cloud   a number at Meta: atom help whatsapp-cloud
  atom channels add whatsapp       says what it means, and installs the library it needs
  atom channels add discord        the library it needs, and a bot's token from the Developer Portal
  atom channels login whatsapp     shows a QR code, again each time it changes
  atom channels login whatsapp --phone 4915112345678     a code to type, where the terminal is too small
  atom channels add signal --set account=+4915112345678     through signal-cli; see atom help signal
  atom channels add hub            one that you wrote: atom help own-channels
  atom channels test <channel>     sends a message for real and waits for an answer
  atom channels reopen <channel>   opens it anew with the token that is stored now, without a restart
  atom channels remove <channel>   unlinks it and forgets its keys

Who may write: --allow with the numeric ids of Telegram or Discord, or phone numbers in digits with the
country's code. With a second factor, atom pair makes them known instead.
On WhatsApp nobody else is heard at all, but whoever sends what atom pair whatsapp shows: strangers get
no answer and no code.
A group of WhatsApp is added by its id (--group), and heard where it mentions atom or answers it.

WhatsApp offers no way to do this and may block the account: use a spare number. A card has numbers
instead of buttons: reply 1 k7p2, or with the number to the card itself. At most 200 messages a day:
  atom config set channels.whatsapp.dailyCap 100
A poll to tap the answer on can come behind each card (one more message; the numbers work anyway):
  atom config set channels.whatsapp.polls true
If it says that another program uses the link, stop that program, or link anew.

On Discord, atom hears direct chats, and in servers what mentions it, answers it or is one of its commands.
If Discord refuses an intent (4014): Developer Portal, Bot, Privileged Gateway Intents; or do without it:
  atom channels add discord --set messageContent=false`,

  alerts: `ALERTS
What goes wrong can be posted to a webhook, beside the feed and the chats of the owner.

  atom alerts add discord          asks for the address (or pipe it in); what it wants is read off it
  atom alerts add ops --format json --events panic,budget
  atom alerts test discord         posts one for real, and says what the other side made of it
  atom alerts list                 who is alerted, and of what
  atom alerts remove discord

Events: channel (failed), panic, demotion, budget (a limit is reached), record (could not be signed),
doubt (a run that a crash cut off), factor (locked after wrong codes). Everything unless --events says less.
Discord gets its own form, Slack's incoming webhooks theirs, everybody else {schema, kind, text, from, at}.
The address is a secret: it is stored as alerts.<name> and never shown whole. DISCORD_WEBHOOK_URL stands
in for alerts.discord. At most ten in ten minutes, the same one once; what is held back is counted in the
next. They wait in the outbox (atom outbox list), also over a restart, for a day at most; what is refused for
good is a line in the log and the record (atom audit list --kind alert.failed). Nothing waits for them.`,

  queues: `QUEUES
What comes in is on disk before it is acknowledged (the spool), and what goes out before it is sent (the
outbox). Each chat has its turn in order; a chat that waits holds up no other.

  atom spool list                  messages that wait, and those that were put aside
  atom spool retry <id>            let one come in again that was put aside
  atom outbox list                 messages that wait to be sent, and those that could not be
  atom outbox retry <id>           send one again that was given up
  atom spool drop <id>             forget one

A turn that breaks is taken again, five times with longer waits; then the message is put aside and its
sender told. A channel that fails again and again is left alone for a minute (atom status says so), and
what it was to carry is kept for a day. What may have arrived twice says so in its first line.`,

  stats: `STATS
  atom stats                       the last seven days
  atom stats --since 30d           further back (90s, 12h, 30d, or a day: 2026-02-03); --until
  atom stats --by user             told apart: user, agent, channel, model, day (enterprise edition)
  atom stats --by model --user dana --csv    of one user, for a spreadsheet
  atom stats --plain               numbers without pictures; --json has all of it
  atom health                      tries what has to work; exits 1 where something does not

atom stats reads the record, so it tells the same whether a gateway runs or not. Messages are kept for
retention.days, the record for retention.recordDays (atom edition says how long); what is older is not told of.
"replies" is from a message, by the time its platform gives it, to its answer being ready to be sent.
"unasked" is what agents did without a question: because the rules let them, or by a yes that stands.
Money is tokens at the prices that hold now, by day, by model and by agent; what a provider read from
its cache and what it only thought is said where it says so. What is cached costs as much as the rest,
unless you set models.<provider>.price.cached. It ends with what the running gateway counted since it
started; latencies there are right to a hundredth, and "answer" is from taking a message in to
having sent its answer. Nothing of this leaves the machine. Told apart are only counts, times, tokens and
money, by whole days, for as long as the record is kept; a user's device may ask for what is theirs alone.

Prometheus may read the counters, on this machine and with a token of its own; this is off at first:
  atom config set metrics.enabled true        (then atom restart)
  atom devices add prometheus --scopes read   shows the token: authorization: Bearer …
It asks for /metrics on the gateway's port (atom status says where that is).`,

  backup: `BACKUP
  atom backup create               database, settings and files that came with messages, as they
                                   are now, checked, while atom runs
  atom backup create /mnt/usb/atom   somewhere else
  atom backup list
  atom backup restore <folder>     put one back; what is there now is moved aside (atom stop first)
  atom -p two backup restore <folder> --from-profile default   one of another profile
  atom backup set-aside            move a damaged database away and begin with an empty record

Keys and tokens are never in a backup, and none is made in a jail, where commands could read it. Going
back does not lift an emergency stop, and the record says that it was done: checkpoints of what came
since no longer fit it.`,

  messages: `MESSAGES
A chat has one turn at a time. What you write while one runs depends on a setting:

  atom config set sessions.whileBusy steer       the turn takes it in (this is how it begins)
  atom config set sessions.whileBusy collect     it waits; all that waits is answered in one turn
  atom config set sessions.whileBusy interrupt   the turn is stopped for it, as by /stop

steer: once nothing more came for half a second, the model reads it before it goes on. What runs
already ends; what it had planned next is not done. One answer is for all of it.
Without a model every message has a turn of its own, one after the other, and interrupt still stops.

A question that waits for your yes stays open while you write, except with interrupt: that ends
the question with its turn. Nothing of this waits for a turn: /stop, /new, /panic, /status, /undo,
and a yes or no to a card. What waits is shown by  atom spool list .

Questions are asked in all your chats at once, unless you rank the channels:
  atom config set notify.order '["signal","telegram"]'
Then the first one is asked where a card can be approved and does arrive; what takes longer than
notify.fallbackSeconds, or is refused, goes on to the next, and the card says where else it waits.`,

  files: `FILES
What you send to a channel that can hand it out is taken when its turn begins: 25 MB each
(media.mostMegabytes), 1000 MB together (media.keptMegabytes), for retention.days. A person who is no
owner fills a quarter of that at most, and all of them three quarters. What is not what it is said to
be, by its name, its type or its first bytes, is refused, and you are told. It is kept outside every
jail. The agent is told what came, and asks for it where it needs it:

  save the file             puts it into the folder inbox of the jail
  send me report.pdf        sends a file of the jail to this chat; you are asked first

What came in counts as a stranger's words wherever it is copied to: atom files tainted, atom files
trust <path>. Pictures that go out are written anew, in a jail of their own, without place, camera or
comments; where that cannot be done they are not sent. Other files go as they are. What changes
between your yes and the sending is not sent, and a path that is marked private never is.`,

  doctor: `WHAT IS LOOKED AT
  config  jail  folder  secrets  model  channels  node  tools  files  disk  clock
  database  record  halt  2fa  gateway  ports  update  skills  net  sso
Each fault is told once, in its own row, with the command that mends it. What cannot be looked at
before that says so. Nothing is changed without --fix. No platform is spoken to; a model server of
this machine is asked for a sign of life, and of one elsewhere only its name is looked up.
  atom doctor --json               {"schema":1,"healthy":false,"findings":[{"name":"database",
                                   "state":"bad","words":"...","next":["..."]}]}
"state" is good, note or bad. Exits 0 where nothing is bad, 78 where the settings cannot be used, and else with
the code of the first thing that is bad: 4 where a key is missing, 7 where the jail does not hold, 1 else. So do
atom init --check  and  atom security audit, where bad means wide open.`,

  'exit-codes': `EXIT CODES
    0  done
    1  failed
    2  usage: unknown command or flag, bad argument, or a question that nobody can answer
    3  declined, cancelled or expired
    4  credentials missing or rejected
    5  the gateway is not running
    6  another gateway already holds this profile
    7  blocked by policy or jail
    8  still pending (with --timeout)
   78  the configuration is invalid
  129  130  143   ended by SIGHUP, SIGINT, SIGTERM
What a command of the agent exits with never becomes the exit code of atom.`,

  environment: `ENVIRONMENT
  ATOM_PROFILE                 profile to use ("default")
  ATOM_CONFIG_DIR              instead of ~/.config/atom
  ATOM_STATE_DIR               instead of ~/.local/state/atom and ~/.local/share/atom
  ATOM_LOG                     debug, info, warn or error
  ATOM_NO_COLOR, NO_COLOR      no colours
  ATOM_REDUCED_MOTION          nothing moves in the terminal UI
  INK_SCREEN_READER=true       plain lines instead of a screen that is redrawn (as --plain does; with -q
                               only what went wrong of the log)
  VISUAL, EDITOR               what  atom config edit  opens the settings in
  XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_RUNTIME_DIR
  TELEGRAM_BOT_TOKEN           turns Telegram on
  TELEGRAM_ALLOWED_USER_IDS    numeric ids that may talk to atom, separated by commas
  ANTHROPIC_API_KEY, OPENAI_API_KEY, GOOGLE_GENERATIVE_AI_API_KEY,
  GEMINI_API_KEY, OPENROUTER_API_KEY
Keys are read once and taken out of the environment, so nothing that atom starts inherits them.
A stored key (atom secrets set) goes before one in the environment.`,

  json: `JSON
With --json a command writes one object on stdout, with "schema": 1. The watching commands write
one object a line. Errors are one object on stderr:
  {"schema":1,"error":{"code":"not-running","message":"…","next":["…"],"exit":5}}
--json does not mean that nothing is asked; for that give --no-input.`,
};
