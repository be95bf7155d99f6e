// The program that runs inside the jail for one call of one skill: waits for the skill's compiled module,
// and then for what to do with it. Built into a single file, which is all that a jail is shown of atom.
import { Console } from 'node:console';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as zod from 'zod';
import { schemaWords } from '../base/schema-words.ts';
import { ZOD } from '../base/zod-here.ts';
import { AHEAD, REHEARSAL } from './inside/ahead.ts';
import { contextFor } from './inside/context.ts';
import { type AnySkill, describeSkills, type SkillModule, skillsOf } from './inside/describe.ts';
import { openLine } from './inside/peer.ts';

interface Call {
  readonly skill: string;
  readonly input: unknown;
}

const { z } = zod;
const write = process.stdout.write.bind(process.stdout);
const stopping = new AbortController();
let skills: readonly AnySkill[] = [];

/** What a skill prints is no message to atom: it goes to standard error. */
function keepOutputApart(): void {
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  globalThis.console = new Console(process.stderr, process.stderr);
}

async function load({ code }: { readonly code: string }, name = 'skill'): Promise<void> {
  const path = join(tmpdir(), `${name}.mjs`);
  writeFileSync(path, code);
  skills = skillsOf((await import(pathToFileURL(path).href)) as SkillModule);
  if (skills.length === 0)
    throw new Error('skill.ts exports nothing named skill (or skills, a list of them).');
}

async function call({ skill: name, input }: Call): Promise<unknown> {
  const skill = skills.find((one) => one.name === name);
  if (!skill) throw new Error(`skill.ts exports no skill named ${name}.`);
  const checked = skill.input.safeParse(input);
  if (!checked.success) throw new Error(`The input is wrong: ${schemaWords(checked.error)}`);
  const context = contextFor(line, stopping.signal);
  const result = skill.output.safeParse(await skill.run(checked.data, context));
  if (!result.success) throw new Error(`It gave a wrong result. ${schemaWords(result.error)}`);
  return result.data;
}

async function rehearse(): Promise<void> {
  await load({ code: REHEARSAL }, 'rehearsal');
  await call({ skill: 'rehearsal', input: { text: 'hi' } });
  skills = [];
}

keepOutputApart();
// Each schema checks once or twice here: compiling a check for it would take longer than that.
z.config({ jitless: true });
Object.assign(globalThis, { [ZOD]: zod });
const line = openLine(write, {
  load: (asked: { readonly code: string }) => load(asked),
  describe: () => describeSkills(skills),
  call,
  cancel: () => stopping.abort(),
});
if (process.argv.includes(AHEAD)) await rehearse();
line.tell('ready', {});
