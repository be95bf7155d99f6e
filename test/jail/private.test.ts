import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import type { Action } from '../../src/domain/action.ts';
import type { Agent } from '../../src/domain/agent.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { privatePaths } from '../../src/domain/private-path.ts';
import { issue } from '../../src/governance/grant.ts';
import { createLauncher } from '../../src/jail/launch.ts';
import { privatesNamed } from '../../src/jail/named-paths.ts';
import { createShellExec } from '../../src/jail/shell-exec.ts';
import { makeScene, type Scene, SECRET } from './scene.ts';

const agent: Agent = {
  id: 'a',
  name: 'a',
  maturity: 'intern',
  model: 'offline',
  workspace: 'work',
  paused: false,
};

let scene: Scene;
let shell: Action;
beforeEach(async () => {
  scene = await makeScene();
  const { folder } = scene.jail;
  mkdirSync(join(folder, 'letters'));
  writeFileSync(join(folder, 'letters/bank.txt'), SECRET);
  writeFileSync(join(folder, 'taxes.pdf'), SECRET);
  symlinkSync('taxes.pdf', join(folder, 'link'));
  symlinkSync('letters', join(folder, 'post'));
  const privates = () => privatePaths(['taxes.pdf', 'work:letters', 'not-there'], scene.jail);
  const deps = { ...scene.deps, privates };
  shell = createShellExec({
    ...deps,
    launch: createLauncher(deps),
    jails: () => [scene.jail],
    status: () => ({ state: 'ready', mechanism: '', checks: [], warnings: [] }),
    covers: async () => ({ ok: false, why: 'not here' }),
  });
});
afterEach(() => scene.remove());

async function run(argv: readonly string[], more: { readonly [key: string]: Json } = {}) {
  const prepared = await shell.prepare({ argv, ...more }, agent);
  const request = {
    id: 'r',
    action: 'shell.exec',
    resource: prepared.resource,
    context: {},
    principal: { kind: 'agent' as const, id: 'a' },
    labels: cleanLabels,
  };
  const grant = issue({ request, prepared, digest: 'd', complexity: 3 });
  const result = await shell.execute(grant, AbortSignal.timeout(10_000), () => undefined);
  const { stdout } = result as { readonly stdout: string };
  const reads = (prepared.reads ?? []).map(({ path }) => path.slice(scene.jail.folder.length + 1));
  return { leaked: stdout.includes(SECRET), reads };
}

test.each([
  ['by its name', ['cat', 'taxes.pdf'], 'taxes.pdf'],
  ['through a link', ['cat', 'link'], 'taxes.pdf'],
  ['in its folder', ['cat', 'letters/bank.txt'], 'letters'],
  ['through a link to its folder', ['grep', '-r', '.', 'post/'], 'letters'],
  ['in an option', ['grep', '--file=taxes.pdf', 'taxes.pdf'], 'taxes.pdf'],
])(
  'a command that names what is private %s is shown it, and reads a secret',
  async (_, argv, path) => {
    const { leaked, reads } = await run(argv);
    expect([leaked, reads.includes(path)]).toEqual([true, true]);
  },
);

test.each([
  { does: 'comes upon it', argv: ['grep', '-r', 'CANARY', '.'] },
  {
    does: 'makes its name up',
    argv: ['sh', '-c', 'cat tax*; cat letters/*; cat ./*/bank.txt; cat link post/*'],
  },
  {
    does: 'has its name on standard input',
    argv: ['xargs', 'cat'],
    more: { stdin: 'taxes.pdf letters/bank.txt' },
  },
  { does: 'moves its folder away', argv: ['sh', '-c', 'mv letters l; cat l/*'] },
])('a command that $does is not shown it', async ({ argv, more }) => {
  const { leaked, reads } = await run(argv, more);
  const named = reads.includes('taxes.pdf') || reads.includes('letters');
  expect([leaked, named]).toEqual([false, false]);
});

test('a command that works in a private folder is shown it', async () => {
  const { leaked, reads } = await run(['cat', 'bank.txt'], { cwd: 'letters' });
  expect([leaked, reads.includes('letters')]).toEqual([true, true]);
});

test('what a process is not told to be shown is hidden from it', async () => {
  const privates = () => privatePaths(['taxes.pdf'], scene.jail);
  const launch = createLauncher({ ...scene.deps, privates });
  const request = { jail: scene.jail, argv: ['cat', 'taxes.pdf'], cwd: scene.jail.folder };
  const { stdout } = await launch(request, AbortSignal.timeout(10_000), () => undefined);
  expect(stdout).toBe('');
});

test('a private path means its jail, or every jail', () => {
  const docs = { name: 'docs', folder: '/docs' };
  expect(privatePaths(['work:letters', 'taxes.pdf', './a//b/'], docs)).toEqual([
    '/docs/taxes.pdf',
    '/docs/a/b',
  ]);
});

test('another spelling of a private name names it as well', () => {
  const named = (word: string) => privatesNamed({ cwd: '/w', argv: ['cat', word] }, ['/w/taxes']);
  for (const word of ['TAXES', 'taxes/', './x/../taxes', '-ftaxes', 'host:taxes', 'ta\u200bxes'])
    expect(named(word), word).toEqual(['/w/taxes']);
  for (const word of ['taxes2', 'x/taxes', '.']) expect(named(word), word).toEqual([]);
});
