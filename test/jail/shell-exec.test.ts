import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import type { Action, ActionRequest, Prepared } from '../../src/domain/action.ts';
import type { Agent } from '../../src/domain/agent.ts';
import type { Complexity } from '../../src/domain/complexity.ts';
import type { JailSpec, JailStatus } from '../../src/domain/jail.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { type Coverage, undoWords } from '../../src/domain/undo.ts';
import { issue } from '../../src/governance/grant.ts';
import { createLauncher, type PinnedLaunch } from '../../src/jail/launch.ts';
import { createShellExec } from '../../src/jail/shell-exec.ts';
import { checkShown } from '../../src/jail/shown.ts';
import { createTurns } from '../../src/jail/turns.ts';
import { makeScene, type Scene } from './scene.ts';

const ready: JailStatus = { state: 'ready', mechanism: 'bubblewrap', checks: [], warnings: [] };
const agent: Agent = {
  id: 'a',
  name: 'a',
  maturity: 'intern',
  model: 'offline',
  workspace: 'work',
  paused: false,
};

let scene: Scene;
let status: JailStatus;
let covered: Coverage;
let shell: Action;

beforeEach(async () => {
  scene = await makeScene();
  status = ready;
  const { deps, jail } = scene;
  const other = { name: 'docs', folder: join(scene.home, 'docs'), mode: 'read-only' as const };
  mkdirSync(other.folder);
  const jails = () => [other, jail];
  covered = { ok: true, words: undoWords() };
  const covers = async () => covered;
  const launch = createLauncher(deps);
  shell = createShellExec({ ...deps, launch, jails, status: () => status, covers });
});
afterEach(() => scene.remove());

const grantFor = (prepared: Prepared, complexity: Complexity) => {
  const request: ActionRequest = {
    id: 'r',
    action: 'shell.exec',
    resource: prepared.resource,
    context: {},
    principal: { kind: 'agent', id: 'a' },
    labels: cleanLabels,
  };
  return issue({ request, prepared, digest: 'd', complexity });
};
const execute = (prepared: Prepared, complexity: Complexity = 3): Promise<Json> =>
  shell.execute(grantFor(prepared, complexity), AbortSignal.timeout(10_000), () => undefined);
const run = async (resource: Json, complexity: Complexity = 3) =>
  execute(await shell.prepare(resource, agent), complexity);
const code = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was thrown',
    (error) => error.code,
  );

test('a command runs in the agent’s workspace and tells how it ended', async () => {
  expect(await run({ argv: ['sh', '-c', 'pwd; echo no >&2; exit 4'] })).toMatchObject({
    exit: 4,
    ending: 'exit',
    stdout: `${scene.jail.folder}\n`,
    stderr: 'no\n',
    truncated: false,
  });
  expect(await run({ argv: ['cat'], stdin: 'given' })).toMatchObject({ stdout: 'given' });
});

test('what was taken for a look changes nothing, whatever it turns out to do', async () => {
  writeFileSync(join(scene.jail.folder, 'kept'), 'as it was');
  const write = { argv: ['sh', '-c', 'echo x > kept; echo x > made; rm kept'] };
  expect(await run(write, 1)).toMatchObject({ stderr: expect.stringContaining('Read-only') });
  expect(readdirSync(scene.jail.folder)).toEqual(['kept']);
  expect(readFileSync(join(scene.jail.folder, 'kept'), 'utf8')).toBe('as it was');
  await run(write, 3);
  expect(readdirSync(scene.jail.folder)).toEqual(['made']);
});

test('a look reaches no host and changes no repository, whatever its jail allows', async () => {
  const seen: JailSpec[] = [];
  const loose: JailSpec = { ...scene.jail, network: ['example.org'], git: 'open' };
  const launch: PinnedLaunch = async ({ jail }) => {
    seen.push(jail);
    return { ending: { kind: 'exit', code: 0 }, stdout: '', stderr: '', truncated: false, ms: 0 };
  };
  const covers = async () => covered;
  const jails = () => [loose];
  shell = createShellExec({ ...scene.deps, launch, jails, status: () => status, covers });
  await run({ argv: ['ls'] }, 1);
  await run({ argv: ['ls'] }, 3);
  expect(seen).toEqual([{ ...scene.jail, mode: 'read-only', git: 'read-only' }, loose]);
});

test.each([
  ['student', 5000],
  ['intern', 30_000],
  ['supervised', 300_000],
  ['autonomous', 600_000],
] as const)(
  'what a command of an agent at %s may use is decided with it',
  async (maturity, wallMs) => {
    const { facts } = await shell.prepare({ argv: ['ls'] }, { ...agent, maturity });
    expect(facts).toMatchObject({ limits: { wallMs } });
  },
);

test('a command of the owner’s own is held as loosely as one of the most mature agent', async () => {
  const { facts } = await shell.prepare({ argv: ['ls'] }, undefined);
  expect(facts).toMatchObject({ limits: { wallMs: 600_000 } });
});

test('the limits that were decided are those that run', async () => {
  const { jail } = scene;
  const tight: JailSpec = { ...jail, limits: { openFiles: 77, wallMs: 400, cpuSeconds: 9 } };
  const launch = createLauncher(scene.deps);
  const covers = async () => covered;
  let jails: readonly JailSpec[] = [tight];
  const now = () => jails;
  shell = createShellExec({ ...scene.deps, launch, jails: now, status: () => status, covers });
  expect(await run({ argv: ['sh', '-c', 'ulimit -n; ulimit -t'] })).toMatchObject({
    stdout: '77\n9\n',
  });
  expect(await run({ argv: ['sleep', '30'] })).toMatchObject({ ending: 'time' });
  const decided = await shell.prepare({ argv: ['ls'] }, agent);
  jails = [{ ...tight, limits: { ...tight.limits, openFiles: 78 } }];
  expect(await code(execute(decided))).toBe('blocked');
});

test('what else a jail allows is on the card, and part of what is approved', async () => {
  const shown = join(scene.root, 'ref');
  mkdirSync(shown);
  const rules = { home: scene.home, stateDirs: [], uid: process.getuid?.() ?? 0 };
  let jail: JailSpec = { ...scene.jail, network: ['example.org'], shows: [shown] };
  const openShown = (path: string) => checkShown(rules, [scene.jail], path);
  const deps = { ...scene.deps, openShown, launch: createLauncher(scene.deps) };
  const covers = async () => covered;
  shell = createShellExec({ ...deps, jails: () => [jail], status: () => status, covers });
  const before = await shell.prepare({ argv: ['ls'] }, agent);
  expect(before.card).toMatchObject({
    jail: `work (read-write, network: example.org, shows ${shown})`,
    may: [
      `read and change files in ${scene.jail.folder}`,
      `read files in ${shown}`,
      'speak to example.org (anything it reads here could be sent there)',
    ],
  });
  for (const more of [{ network: [] }, { git: 'open' }, { unprotected: ['.husky'] }] as const) {
    jail = { ...jail, ...more };
    const after = await shell.prepare({ argv: ['ls'] }, agent);
    expect(after.facts).not.toEqual(before.facts);
    expect(await code(execute(before))).toBe('blocked');
  }
});

test('the card says the words, the program, the folder and what the command may do', async () => {
  const { card, argv } = await shell.prepare({ argv: ['ls', '-l'] }, agent);
  expect(argv).toEqual(['ls', '-l']);
  expect(card).toMatchObject({
    kind: 'command',
    words: ['ls', '-l'],
    program: '/usr/bin/ls',
    folder: scene.jail.folder,
    jail: 'work (read-write, no network)',
    undo: undoWords(),
    may: [`read and change files in ${scene.jail.folder}`],
  });
});

test('says of a change whether a snapshot would cover it, and why not', async () => {
  const touch = { argv: ['touch', 'x'] };
  const { reversible } = await shell.prepare(touch, agent);
  expect(reversible).toEqual({ folder: scene.jail.folder });
  covered = { ok: false, why: 'the folder is too large' };
  const large = await shell.prepare(touch, agent);
  expect(large.card.undo).toBe('cannot be undone: the folder is too large');
  expect(large.reversible).toBeUndefined();
});

test('an absolute folder chooses its jail; a folder in no jail is refused', async () => {
  const { card } = await shell.prepare({ argv: ['ls'], cwd: join(scene.home, 'docs') }, agent);
  expect(card).toMatchObject({ jail: 'docs (read-only, no network)', undo: 'changes nothing' });
  expect(await code(shell.prepare({ argv: ['ls'], cwd: '/etc' }, agent))).toBe('blocked');
});

test.each(['..', 'out', '../../..'])('%s is not a folder to work in', async (cwd) => {
  symlinkSync(scene.home, join(scene.jail.folder, 'out'));
  expect(await code(shell.prepare({ argv: ['ls'], cwd }, agent))).toBe('blocked');
});

test('a missing program is named, with where it was looked for', async () => {
  const asked = shell.prepare({ argv: ['no-such-program'] }, agent);
  await expect(asked).rejects.toThrow('no-such-program');
  await expect(asked).rejects.toThrow('/usr/local/bin, /usr/bin, /bin');
  expect(await code(asked)).toBe('not-found');
});

test('a program in the jail is never found by its bare name', async () => {
  writeFileSync(join(scene.jail.folder, 'git'), '#!/bin/sh\necho hijacked\n', { mode: 0o755 });
  expect(await run({ argv: ['git', '--version'] })).toMatchObject({
    stdout: expect.stringMatching(/^git version/),
  });
});

test('what a script and its interpreter contain is part of what is approved', async () => {
  const path = join(scene.jail.folder, 'x.py');
  writeFileSync(path, 'print("approved")\n');
  const prepared = await shell.prepare({ argv: ['python3', 'x.py'] }, agent);
  expect(prepared.facts).toMatchObject({
    files: [{ path, sha256: expect.stringMatching(/^\w{64}$/) }],
  });
  expect(await execute(prepared)).toMatchObject({ stdout: 'approved\n' });
  writeFileSync(path, 'print("swapped")\n');
  expect(await code(execute(prepared))).toBe('blocked');
});

test('a program in the jail that changed since it was decided does not run', async () => {
  const path = join(scene.jail.folder, 'tool');
  writeFileSync(path, '#!/usr/bin/env python3\nprint("ok")\n', { mode: 0o755 });
  const prepared = await shell.prepare({ argv: ['./tool'] }, agent);
  expect(prepared.facts).toMatchObject({
    interpreters: [{ real: expect.stringContaining('python3') }],
  });
  expect(await execute(prepared)).toMatchObject({ stdout: 'ok\n' });
  writeFileSync(path, '#!/bin/sh\necho evil\n');
  await expect(execute(prepared)).rejects.toThrow('changed since it was decided');
});

test('another folder put in the jail’s place is noticed', async () => {
  const prepared = await shell.prepare({ argv: ['ls'] }, agent);
  renameSync(scene.jail.folder, `${scene.jail.folder}.old`);
  mkdirSync(scene.jail.folder);
  expect(await code(execute(prepared))).toBe('blocked');
});

test('a hidden file cannot be shown by running it as a script', async () => {
  writeFileSync(join(scene.jail.folder, '.env'), 'echo CANARY\n');
  expect(await code(shell.prepare({ argv: ['sh', '.env'] }, agent))).toBe('blocked');
});

test('without a jail that holds, nothing is even prepared, and the way out is told', async () => {
  status = {
    state: 'unavailable',
    reason: 'bubblewrap is not installed.',
    install: 'apt-get install bubblewrap',
  };
  await expect(shell.prepare({ argv: ['ls'] }, agent)).rejects.toMatchObject({
    code: 'unavailable',
    next: ['apt-get install bubblewrap', 'atom doctor'],
  });
  status = ready;
  const prepared = await shell.prepare({ argv: ['ls'] }, agent);
  status = {
    state: 'leaking',
    mechanism: 'x',
    checks: [{ name: 'n', held: false, detail: 'a leak' }],
  };
  await expect(execute(prepared)).rejects.toThrow('a leak');
});

test('a grant opens once', async () => {
  const grant = grantFor(await shell.prepare({ argv: ['true'] }, agent), 3);
  const go = () => shell.execute(grant, AbortSignal.timeout(5000), () => undefined);
  await go();
  expect(await code(go())).toBe('blocked');
});

test.each([
  [{}],
  [{ argv: [] }],
  [{ argv: 'ls' }],
  [{ argv: ['a\0b'] }],
  [{ argv: ['ls'], shell: true }],
])('%j is not a command', async (resource) => {
  expect(await code(shell.prepare(resource as Json, agent))).toBe('usage');
});

test('a command that waited for another one runs only if that one changed nothing it depends on', async () => {
  mkdirSync(join(scene.jail.folder, 'sub'));
  writeFileSync(join(scene.jail.folder, 'sub/run.sh'), 'echo as shown');
  const victim = join(scene.home, 'victim');
  mkdirSync(victim);
  const swap = `sleep 0.5; mv sub sub2; ln -s /oldroot${victim} sub`;
  const first = run({ argv: ['sh', '-c', swap] });
  const prepared = await shell.prepare({ argv: ['bash', 'sub/run.sh'] }, agent);
  const second = execute(prepared);
  await first;
  await expect(second).rejects.toMatchObject({ code: expect.stringMatching(/blocked|not-found/) });
  expect(readdirSync(victim)).toEqual([]);
});

test.each([
  ['bash', '-e', 'deploy.sh'],
  ['env', 'bash', 'deploy.sh'],
  ['timeout', '5', 'bash', 'deploy.sh'],
])('a script behind %s %s is bound as well', async (...argv) => {
  const script = join(scene.jail.folder, 'deploy.sh');
  writeFileSync(script, 'echo as shown');
  const prepared = await shell.prepare({ argv }, agent);
  writeFileSync(script, 'echo something else');
  expect(await code(execute(prepared))).toBe('blocked');
});

test('launchers that share their turns never build a jail where another one writes', async () => {
  const { deps, jail } = scene;
  const turns = createTurns();
  const [one, other] = [createLauncher(deps, turns), createLauncher(deps, turns)];
  const go = (launch: typeof one, argv: readonly string[]) =>
    launch({ jail, argv, cwd: jail.folder }, AbortSignal.timeout(9000), () => undefined);
  const writing = go(one, ['sh', '-c', 'echo > half; sleep 0.4; mv half whole']);
  const looking = go(other, ['ls']);
  await writing;
  expect((await looking).stdout).toBe('whole\n');
});

test('a script that another command rewrites while this one waits its turn is not run', async () => {
  writeFileSync(join(scene.jail.folder, 'deploy.sh'), 'echo as shown');
  const first = run({ argv: ['sh', '-c', 'sleep 0.5; echo "echo evil" > deploy.sh'] });
  const second = execute(await shell.prepare({ argv: ['bash', '-e', 'deploy.sh'] }, agent));
  await first;
  expect(await code(second)).toBe('blocked');
});

test('what an interpreter is handed runs by its real path, whatever a link says later', async () => {
  mkdirSync(join(scene.jail.folder, 'lib'));
  const real = join(scene.jail.folder, 'lib/tool.sh');
  writeFileSync(real, 'echo "$0"');
  symlinkSync('lib/tool.sh', join(scene.jail.folder, 'tool'));
  expect(await run({ argv: ['sh', 'tool'] })).toMatchObject({ stdout: `${real}\n` });
});

test('decoys with the names of other words do not keep a script from being bound', async () => {
  for (const decoy of ['5', 'bash', 'pipefail', '+e', '-e'])
    writeFileSync(join(scene.jail.folder, decoy), 'echo decoy');
  const script = join(scene.jail.folder, 'deploy.sh');
  for (const argv of [
    ['timeout', '5', 'bash', '+e', '-o', 'pipefail', 'deploy.sh'],
    ['env', 'bash', 'deploy.sh'],
    ['bash', '-e', 'deploy.sh'],
  ]) {
    writeFileSync(script, 'echo as shown');
    const prepared = await shell.prepare({ argv }, agent);
    expect(await execute(prepared)).toMatchObject({ stdout: 'as shown\n' });
    writeFileSync(script, 'echo something else');
    expect(await code(execute(prepared))).toBe('blocked');
  }
});

test('a script may change the files that it is given to work on', async () => {
  const put = (name: string, text: string) => writeFileSync(join(scene.jail.folder, name), text);
  put('fix.py', 'import sys; open(sys.argv[1], "w").write("fixed")');
  put('notes.md', 'as it was');
  expect(await run({ argv: ['python3', '-u', 'fix.py', 'notes.md'] })).toMatchObject({ exit: 0 });
  expect(await run({ argv: ['python3', 'fix.py', 'notes.md'] })).toMatchObject({ exit: 0 });
  expect(
    await run({ argv: ['timeout', '9', 'sed', '-i', 's/fixed/done/', 'notes.md'] }),
  ).toMatchObject({
    exit: 0,
  });
  expect(readFileSync(join(scene.jail.folder, 'notes.md'), 'utf8')).toBe('done');
});

test.each([[['make', 'all']], [['timeout', '5', 'make']]])(
  'the card of %j says that it reads files that may change',
  async (argv) => {
    const { card } = await shell.prepare({ argv }, agent);
    expect(card.may.join()).toContain('reads files that may change');
    const plain = await shell.prepare({ argv: ['ls'] }, agent);
    expect(plain.card.may.join()).not.toContain('may change');
  },
);
