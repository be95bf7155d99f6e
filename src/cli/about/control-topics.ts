import { skillKindsTopic } from './skill-kinds-topic.ts';

/** What `atom help <topic>` says of what may happen, and of what did. */
export const controlTopics: Readonly<Record<string, string>> = {
  'skill-kinds': skillKindsTopic,
  approvals: `APPROVALS
Before atom changes something it asks, unless the agent has earned it or it is only looking.
A request has four characters, such as k7p2, and a card that says exactly what would happen:
the words of the command, the folder, what it could reach, and whether it can be undone.

  atom approvals list              what waits
  atom approvals show k7p2         the whole card
  atom approvals approve k7p2      let it run, once
  atom approvals approve k7p2 --always   this one, and exactly the same from now on (or --for 1h)
  atom approvals deny k7p2         refuse it

A yes is for that one request, to the letter, and only until it expires. If anything about it
changes meanwhile, atom asks again. For high risk you type the four characters out; with a second factor
(atom 2fa enroll) the six digits of your phone as well: in a chat, ok k7p2 123456. A code works once,
for one request. Five wrong ones in a row, and none is taken for a quarter of an hour.
No answer means no. Nothing answers for you: not --yes, not a setting, not the agent.`,

  agents: `AGENTS
You may have several agents, each with a maturity, a model, jails and skills of its own. How mature
one is decides what it may do by itself:

  student       looks, and nothing else; what it is refused waits in its training queue
  intern        also says things; changes something once you said yes
  supervised    also changes things in its jails; what cannot be taken back is asked about
  autonomous    the same, and what you gave a standing approval for

  atom agents add writer           one more; it begins as a student
  atom chat --agent writer "hi"    talk to it; in any chat: /agent writer
  atom agents show writer          its record: what it did, and what came of it
  atom agents promote writer       one step up, with your second factor
  atom agents training             what students were refused; replay runs one, once

A promotion is suggested once the record argues for it, and never given (atom config set
promotion.actions 100). One step down happens by itself, at once and for asking again for
what you denied, for reaching beyond its jails, for commands that the jail had to stop twice in a
day, and for a change that you undid and marked harmful.`,

  rules: `RULES
A rule asks about something every time, or refuses it, whoever the agent is. It never allows.

  atom rules add no-push --deny --reason 'I push myself' --example 'git push origin main' \\
    -- git push '**'               * is any one word, ** any number of them
  atom rules list                  the rules, and what you always allow
  atom rules explain -- git push   which rules fit, and why not the others
  atom rules remove no-push        take it away; with a second factor this needs a code
  atom policy check shell.exec -- git push origin main     what would be decided, and why

What you always allow is kept to the letter: agent, jail, folder, sender, program and words. A rule
that you add later still wins. Nothing stands for shells, interpreters, sudo and other programs that
run whatever they are told to.

  atom rules suggest               what you approved again and again
  atom rules allow k7p2            allow what that approval was about from now on
  atom rules remove s-k7p2qx       take it back`,

  jails: `JAILS
A jail is a folder that commands may touch. The operating system holds it: what runs inside sees
that folder and the system's programs, not your home, not your keys, not the network.

  atom jails list                  the folders of this profile
  atom jails show work             all that one allows, what it protects and hides now, its limits
  atom jails add ~/site            one more (--mode read-only to look only)
  atom jails set work --git open   change what one allows; what is not given stays
  atom jails remove site           take it away again; the files stay
  atom jails check                 try to break out, and say what was tried and what held
  atom jails check work            try in that one what it allows and what not

What add and set take (lists by commas or several times; "none" empties one):
  --network example.org,*.example.net:8443     hosts commands may reach; what is sent there is gone
  --git read-only|guarded|open     guarded lets commits and branches be made, and keeps what git runs
  --unprotected node_modules       a name that jails protect, and that may change here after all
  --show ~/reference               a folder outside that may be read, its secrets hidden
  --limit wall=120s                instead of what the agent's maturity gives: wall, cpu, memory=2GB,
                                   processes, open-files, file-size, output; wall=none gives it back

A command of a student runs for 5 seconds, of an intern for 30, then 300 and 600. One that only looks can
never write, reach a host or change a repository.

With a second factor, letting commands do more needs a code of it. What you wrote into config.json by
hand is used as it was agreed to before, until you agree:   atom jails agree

The workspace stays the folder that commands run in when none is named. Files of another jail are
reached by their absolute path, and commands reach it when they are run in it (their cwd).

Where no jail can be had, no command runs at all. What a command wrote in a jail is as
trustworthy as the command: read it before you run it yourself.`,

  files: `FILES
What a run writes that had read words of strangers (a forwarded message, what a skill returned) counts
as theirs as well, file by file. After a crash in the middle of such a run its whole jail does. Whoever
reads such a file is asked before everything that does more than look.

  atom files tainted               which, and why
  atom files trust notes.txt       look at it first; what it says is yours from then on
  atom files trust ~/site          a folder, with all below it

It is yours to say and no agent's, goes on the record, and needs a code where you have a second
factor. It shows exactly what it lifts. Where a folder counts as a whole, it is the folder that you
trust. A conversation that has read such words already goes on being careful: begin another.

A file is clean again by itself once a run that had read nothing of the kind writes it anew as a
whole, with a file write; a command never makes it so. One that is gone counts no more, and what is
put under its name later, by your own hand too, counts as it did.
What is private stays so: no word of yours lifts that, only such a new file does.`,

  container: `CONTAINER
The jails of this profile as a container, for Docker and what understands its files:

  atom container print > atom.yaml     the compose file; its first lines say how to start it
  atom container print --dockerfile    what the image is built from
  atom container print --user 1000:1000   for another account than yours; never for root

Each folder of a jail is mounted at its own path, read-only where the jail is. Commands see the
programs of the image (more of them: build argument PACKAGES). Print it again when the jails
change: a folder that is not mounted is refused. The container has settings and a record of its own.
The jail inside is tried at every start, as everywhere; where it does not hold, no command runs.`,

  quarantine: `QUARANTINE
What other programs run by themselves (git hooks, .envrc, .vscode, .npmrc, shell start files) no command
in a jail may change where it is. What a command adds of that kind, at any depth of the folder, is moved
out of the jail as soon as the command ends (while it runs, it is there), and the answer says so.

  atom quarantine list             what there is, the newest first
  atom quarantine show q-k7p2qx    what it is, where it was, where it lies now
  atom quarantine restore q-k7p2qx   put it back where it was (or --to another folder); with a second
                                   factor this needs a code: from then on other programs run it
  atom quarantine drop q-k7p2qx    remove it for good

Repositories that a command clones or makes stay, without hooks and with the settings that ordinary
work needs. Instructions for agents (AGENTS.md, CLAUDE.md) and the scripts of package.json stay as well,
and are told. node_modules is not looked at. Kept for 30 days, in 1 GiB at most.

Where it cannot be moved out (the disk is full), the answer says so, and no command runs in that jail
until it can. Code that a command wrote is still only as trustworthy as the command.`,

  panic: `PANIC
When something goes wrong that must stop now, from wherever you are:

  atom panic                       at this machine, whether the gateway runs or not
  /panic                           in any chat of yours, also in this terminal; of anybody else it stops
                                   what they began, and you are told

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
  atom config set limits.tokensPerDay 20000000   tokensPerRun 4000000 (also where a model is free)
Before a model is asked, the question and its longest answer are held back; what is not needed comes
back after it. Tighter ones for one agent: limits.perAgent.<name>.tokensPerDay. They are read at the start.`,

  undo: `UNDO
Before a command, a skill or a write changes anything in a jail, atom keeps a copy of what is there,
outside every jail. For 30 days what was changed can be taken back:

  atom undo                        the last run; shows what comes back, and asks
  atom undo --list                 every run that changed something, by the code that  atom runs list  shows
  atom undo k7p2qx                 that one
  atom undo k7p2qx --force         also where you changed the files again since
  atom undo k7p2qx --yes           unasked, for scripts: without it and a terminal nothing is done

Files, folders, links, permissions and times come back as they were. What you changed since stays as
it is, and is named; what the run did not touch is never touched. Taking back is a run itself, and can be
taken back by its code. In a chat, /undo takes back the last run of that chat, /undo list tells
what can be.

A jail of more than 50,000 files or 1 GiB is not covered: what changes there counts as something that
cannot be undone. Folders that a command makes again (node_modules, .venv, target, dist, build, .next,
__pycache__) are left out where one holds more than 5,000 files or 100 MiB; the card says so. Owners,
extended attributes and hard links are not brought back, nor what a command did outside its jail.`,
};
