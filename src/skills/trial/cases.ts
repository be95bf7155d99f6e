import { realpath } from 'node:fs/promises';
import { z } from 'zod';
import { AtomError, readAs } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { Json } from '../../base/json.ts';
import { compileSkill } from '../compile.ts';
import { callProgram, type Program } from '../program/call-program.ts';
import { readPlain } from '../read-plain.ts';
import { emptyJail, type SkillHost } from '../runtime/host.ts';
import { callModule, type ModuleCall } from '../runtime/modules.ts';
import type { FoundFolder } from '../trust/judge.ts';

const texts = z.record(z.string().min(1).max(500), z.string());
const cases = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(200),
      input: z.json(),
      skill: z.string().max(40).optional(),
      files: texts.default({}),
      answers: z.record(z.string(), z.json()).default({}),
      gives: z.json().optional(),
      fails: z.string().optional(),
      leaves: texts.default({}),
    }),
  )
  .min(1, 'there is no test in it')
  .max(100);
export type Case = z.output<typeof cases>[number];

/** Asked like a skill, so that the file with the tests runs nowhere but in the jail either. */
const ENTRY = `import { tests } from './skill.test.ts';
import { z } from 'zod';
export const skill = {
  name: 'tests', description: 'Its tests', version: '1', examples: [], complexity: 1, permissions: {},
  input: z.object({}), output: z.json(), run: () => tests,
};
`;

/** One call in a process of its own: none is kept ready for tests. */
export async function callAlone(
  host: SkillHost,
  { program, ...call }: ModuleCall & { readonly program?: Program | undefined },
  signal: AbortSignal,
): Promise<Json> {
  const pool = { begin: () => () => undefined, take: () => undefined };
  if (!program) return await callModule({ host, pool }, call, signal);
  program.check(call.input);
  return await callProgram(host, { ...call, program }, signal);
}

type Deps = { readonly host: SkillHost; readonly cache: string };

/**
 * The tests of a skill's folder: those that `skill.test.ts` exports, or the list in `skill.test.json`. Throws
 * AtomError `usage` where there are none that can be read.
 */
export async function readCases(
  deps: Deps,
  found: FoundFolder,
  signal: AbortSignal,
): Promise<readonly Case[]> {
  const has = (name: string): boolean => found.sources.files.some(({ path }) => path === name);
  if (has(JSON_FILE)) return checked(JSON_FILE, await listIn(found.folder));
  if (has(MODULE_FILE)) return checked(MODULE_FILE, await exported(deps, found, signal));
  throw new AtomError('usage', `${found.folder} has no ${MODULE_FILE} and no ${JSON_FILE}.`, {
    next: ['A new one shows what is in it:   atom skills new <name>'],
  });
}

const [MODULE_FILE, JSON_FILE] = ['skill.test.ts', 'skill.test.json'] as const;
const MOST_BYTES = 1024 ** 2;

async function listIn(folder: string): Promise<unknown> {
  const { bytes } = await readPlain({ root: await realpath(folder), path: JSON_FILE }, MOST_BYTES);
  try {
    return JSON.parse(bytes?.toString('utf8') ?? '');
  } catch (cause) {
    throw new AtomError('usage', `${JSON_FILE} is no JSON.`, { cause });
  }
}

async function exported(
  { host, cache }: Deps,
  { folder, sources }: FoundFolder,
  signal: AbortSignal,
): Promise<unknown> {
  const module = await compileSkill({ folder, cache, sources, entry: ENTRY });
  return await callAlone(
    host,
    { ...module, skill: 'tests', input: {}, jail: emptyJail(host), run: newId(), use: silent },
    signal,
  );
}

function checked(name: string, said: unknown): readonly Case[] {
  return readAs(cases, said, `${name} is wrong`);
}

const silent = {
  serve: () => Promise.reject(new AtomError('blocked', 'Tests ask for nothing by themselves.')),
  onPrinted: () => undefined,
};
