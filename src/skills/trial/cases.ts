import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { Json } from '../../base/json.ts';
import { compileSkill, stopCompiling } from '../compile.ts';
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
export const callAlone = (host: SkillHost, call: ModuleCall, signal: AbortSignal): Promise<Json> =>
  callModule({ host, pool: { begin: () => () => undefined, take: () => undefined } }, call, signal);

/** The tests that a skill's folder exports. Throws AtomError `usage` where there are none that can be read. */
export async function readCases(
  { host, cache }: { readonly host: SkillHost; readonly cache: string },
  { folder, sources }: FoundFolder,
  signal: AbortSignal,
): Promise<readonly Case[]> {
  if (!sources.files.some(({ path }) => path === 'skill.test.ts'))
    throw new AtomError('usage', `${folder} has no skill.test.ts.`, {
      next: ['A new one shows what is in it:   atom skills new <name>'],
    });
  const module = await compileSkill({ folder, cache, sources, entry: ENTRY }).finally(
    stopCompiling,
  );
  const said = await callAlone(
    host,
    { ...module, skill: 'tests', input: {}, jail: emptyJail(host), run: newId(), use: silent },
    signal,
  );
  const parsed = cases.safeParse(said);
  if (parsed.success) return parsed.data;
  throw new AtomError('usage', `skill.test.ts is wrong. ${z.prettifyError(parsed.error)}`);
}

const silent = {
  serve: () => Promise.reject(new AtomError('blocked', 'Tests ask for nothing by themselves.')),
  onPrinted: () => undefined,
};
