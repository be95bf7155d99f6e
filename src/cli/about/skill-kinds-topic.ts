/** What `atom help skill-kinds` says of skills that are not TypeScript. */
export const skillKindsTopic = `SKILLS OF WORDS, AND IN OTHER LANGUAGES
Besides a TypeScript module (atom help skills), a folder in your skills may hold:

A SKILL.md, as agentskills.io describes it: published skills work as they are. Its head says
what it is for; a model reads the rest, and the files beside it, when it needs them. Without a
model: /skill NAME. A collection may be put there whole; folders in folders are found.

  waits for your approval    look at it, then:   atom skills approve NAME
                             until then its words count as a stranger's: what follows from
                             them is asked about, and nothing that came with it runs
  not usable here            a program, variable or system that it needs (metadata.openclaw
                             or clawdbot: requires, os) is missing; it is said which
  allowed-tools              is shown to you as what the skill asks for, and gives it nothing
  scripts                    run as commands in the jail, which finds them read-only at
                             /opt/atom/skills/NAME; each is decided like any other command
  variables                  are looked for by name; no command is given their values

One file changed, and the skill waits again. What is wrong in a SKILL.md is named by its line
(atom skills check FOLDER); what others forgive, such as a colon in a text, is read and noted.

A skill.json, for a program in any language: name, description, version, examples, complexity,
permissions, input (JSON Schema) and command, such as ["python3", "skill.py"]. It is started
anew for every call, in a jail like other skills, its folder read-only. It speaks JSON-RPC 2.0,
one message a line: atom asks call {input, folder}; the program may ask for fs.read, fs.list,
fs.write, fetch, exec, secret and remind, and tell progress and log. What it prints goes to its
standard error. The input is checked before the call; of JSON Schema, only what can be checked to the
letter is taken (no pattern, no if).

  atom skills new NAME --lang python     a skill in Python, with the module it begins with
  python3 skill.py describe > skill.json what the function below @skill says of itself`;
