/** What `atom help skills` says. */
export const skillsTopic = `SKILLS
A skill is something atom can do beyond commands and files: a folder in the profile's folder of skills
with a skill.ts (a TypeScript module), or a SKILL.md (words that an agent reads). It runs in a process
of its own, in a jail with just what it declares.

  atom skills new hello            write one that works, with a test, for you to change
  atom skills test hello           try it as its own tests say, in the jail that it has in life
  atom skills approve hello        look at it, and let exactly that be used
  atom skills run hello --name Dana       call it yourself; in a chat: /skill hello {"name":"Dana"}
  atom skills list                 all of them: ready, waiting, off or broken, and why
  atom skills disable hello        stop it at once; enable lets it go on
  atom skills add ./there          copy one in: a folder, a tarball, or the name of a package of npm
  atom skills remove hello         its folder goes to the trash

TRUST. A new skill, or one of which any file changed, waits until you approved it: you see what it may
touch, what it gains or loses beside what you approved before, and what changed in its files. For more
than before a second factor is asked for, where there is one. What counts is on the record; skills.lock
beside the settings says the same, and taking an entry out of it stops that skill. No setting, no --yes
and no agent approves one. In scripts name what you looked at:   approve hello --digest <digest>

atom start --watch-skills reads them again whenever a file changes: an edit waits for your approval,
and the line that says so has the command.

WHERE. The profile's folder of skills; in a jail .atom/skills and .agents/skills, which are for agents
that work there (commands cannot write to them); and those that come with atom, which are a part of it.

WHAT ONE MAY TOUCH (permissions). What is left out is not allowed:
  files: 'read' | 'write'                   all files of the jail it works in
  fs: { read: ['notes/**'], write: [] }     these, asked for one by one (ctx.fs)
  net: ['api.example.org']                  hosts (ctx.fetch)
  commands: [['git', 'log']]                commands that begin so (ctx.exec)
  secrets: ['key']                          by name (ctx.secret): atom secrets set skill.<skill>.key
  reminders: true                           something said later in the chat that asked (ctx.remind)
Whatever it asks for is decided as if its agent had asked, and may be asked about.

EXAMPLES. A message that is one of its examples calls it without a model; a word in capitals is the
field of its input with that name: greet NAME.

PACKAGES. It may import files of its own folder, zod, Node, and packages that its package.json names in
"dependencies", from its own node_modules (npm install --ignore-scripts). Nothing else.

TESTS. skill.test.ts exports tests, or skill.test.json is a list of them: { name, input, files?, answers?,
gives? or fails?, leaves? }. The files are a folder of the test's own; fetch, exec, secret and remind get
what answers says ("exec git log").`;
