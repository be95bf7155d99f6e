/** What `atom help <topic>` says. */
export const topics: Readonly<Record<string, string>> = {
  approvals: `APPROVALS
Before atom changes something it asks, unless the agent has earned it or it is only looking.
A request has four characters, such as k7p2, and a card that says exactly what would happen:
the words of the command, the folder, what it could reach, and whether it can be undone.

  atom approvals list              what waits
  atom approvals show k7p2         the whole card
  atom approvals approve k7p2      let it run, once
  atom approvals deny k7p2         refuse it

A yes is for that one request, to the letter, and only until it expires. If anything about it
changes meanwhile, atom asks again. For high risk you type the four characters out.
No answer means no. Nothing answers for you: not --yes, not a setting, not the agent.`,

  jails: `JAILS
A jail is a folder that commands may touch. The operating system holds it: what runs inside sees
that folder and the system's programs, not your home, not your keys, not the network.

  atom jails list                  the folders of this profile
  atom jails add ~/site            one more (--mode read-only to look only)
  atom jails remove site           take it away again; the files stay
  atom jails check                 try to break out, and say what held

The workspace stays the folder that commands run in when none is named. Files of another jail are
reached by their absolute path, and commands reach it when they are run in it (their cwd).

Where no jail can be had, no command runs at all. What a command wrote in a jail is as
trustworthy as the command: read it before you run it yourself.`,

  panic: `PANIC
When something goes wrong that must stop now, from wherever you are:

  atom panic                       at this machine, whether the gateway runs or not
  /panic                           in any chat of yours, also in this terminal

It kills every command that runs, ends every turn for good, denies every question that waits, and
refuses whatever agents ask for, also after a restart. Messages that come are kept.

  atom resume                      lets everything go on: with a code of your second factor, or
                                   without one with a word that you type at the terminal
  /resume 123456                   the same from your phone, with a second factor only

For less than that there is  atom pause : no message is taken, what runs comes to its end, and
questions can be answered; atom resume ends it at once.

LIMITS stop agents before they use too much, of which  atom status  shows the use of a day:
  atom config set limits.actionsPerMinute 60     commandsPerHour 240
  atom config set limits.moneyPerDay 5           moneyPerRun 1 (for what one message leads to)
Tighter ones for one agent: limits.perAgent.<name>.moneyPerDay. They are read at the start.`,

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
  INK_SCREEN_READER=true       plain lines instead of a screen that is redrawn
  XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_RUNTIME_DIR
  TELEGRAM_BOT_TOKEN           turns Telegram on
  TELEGRAM_ALLOWED_USER_IDS    numeric ids that may talk to atom, separated by commas
  ANTHROPIC_API_KEY, OPENAI_API_KEY
Keys are read once and taken out of the environment, so nothing that atom starts inherits them.
A stored key (atom secrets set) goes before one in the environment.`,

  json: `JSON
With --json a command writes one object on stdout, with "schema": 1. The watching commands write
one object a line. Errors are one object on stderr:
  {"schema":1,"error":{"code":"not-running","message":"…","next":["…"],"exit":5}}
--json does not mean that nothing is asked; for that give --no-input.`,
};
