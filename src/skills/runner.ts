// The program that runs inside the jail, beside one compiled skill (`skill.mjs`): reads one request
// as JSON from standard input, writes one line of JSON to standard output, and ends. It imports
// nothing but Node, so that it can be shown to a jail as the single file that it is.
import { Console } from 'node:console';
import { text } from 'node:stream/consumers';
import type { z as Zod } from 'zod';
import type { SkillContext, SkillDefinition } from './define.ts';

interface SkillModule {
  readonly skill: SkillDefinition<Zod.ZodType, Zod.ZodType>;
  readonly z: typeof Zod;
}

interface Request {
  readonly do: 'describe' | 'call';
  readonly input?: unknown;
}

const write = process.stdout.write.bind(process.stdout);

/** What a skill prints is not its result: it goes to standard error. */
function keepOutputApart(): void {
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  globalThis.console = new Console(process.stderr, process.stderr);
}

async function answer(): Promise<unknown> {
  const request = JSON.parse(await text(process.stdin)) as Request;
  const beside = new URL('./skill.mjs', import.meta.url).href;
  const { skill, z } = (await import(beside)) as SkillModule;
  return request.do === 'describe' ? describe(skill, z) : call(skill, z, request.input);
}

function describe(skill: SkillModule['skill'], z: typeof Zod): unknown {
  const { name, description, version, examples, complexity, permissions } = skill;
  const input = z.toJSONSchema(skill.input, { io: 'input' });
  return { name, description, version, examples, complexity, permissions, input };
}

async function call(skill: SkillModule['skill'], z: typeof Zod, input: unknown): Promise<unknown> {
  const checked = skill.input.safeParse(input);
  if (!checked.success) throw new Error(`The input is wrong. ${z.prettifyError(checked.error)}`);
  const context = { folder: process.cwd() } as SkillContext;
  const result = skill.output.safeParse(await skill.run(checked.data, context));
  if (!result.success) throw new Error(`It gave a wrong result. ${z.prettifyError(result.error)}`);
  return result.data;
}

keepOutputApart();
const reply = await answer().then(
  (value) => ({ ok: true, value: value ?? null }),
  (error: unknown) => ({ ok: false, message: error instanceof Error ? error.message : `${error}` }),
);
// Ends even where a skill left a timer or a server behind.
write(`${JSON.stringify(reply)}\n`, () => process.exit(0));
