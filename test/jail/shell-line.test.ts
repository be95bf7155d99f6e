import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import type { Action, ActionRequest, Prepared } from '../../src/domain/action.ts';
import type { Agent } from '../../src/domain/agent.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { complexityOf } from '../../src/governance/complexity.ts';
import { issue } from '../../src/governance/grant.ts';
import { createLauncher } from '../../src/jail/launch.ts';
import { createShellExec } from '../../src/jail/shell-exec.ts';
import { makeScene, type Scene } from './scene.ts';

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
  const { deps, jail } = scene;
  const status = { state: 'ready', mechanism: 'bubblewrap', checks: [], warnings: [] } as const;
  shell = createShellExec({
    ...deps,
    launch: createLauncher(deps),
    jails: () => [jail],
    status: () => status,
    covers: async () => ({ ok: false, why: 'not here' }),
  });
});
afterEach(() => scene.remove());

const put = (name: string, text: string, mode = 0o644) =>
  writeFileSync(join(scene.jail.folder, name), text, { mode });
const prepare = (line: string, more: { [key: string]: Json } = {}) =>
  shell.prepare({ line, ...more }, agent);
const execute = (prepared: Prepared): Promise<Json> => {
  const request: ActionRequest = {
    id: 'r',
    action: 'shell.exec',
    resource: prepared.resource,
    context: {},
    principal: { kind: 'agent', id: 'a' },
    labels: cleanLabels,
  };
  const { complexity } = complexityOf('shell.exec', prepared);
  const grant = issue({ request, prepared, digest: 'd', complexity });
  return shell.execute(grant, AbortSignal.timeout(10_000), () => undefined);
};
const run = async (line: string, more: { [key: string]: Json } = {}) =>
  execute(await prepare(line, more));
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was thrown',
    (error) => error.code,
  );

test('a line runs like in a shell, and ends as its last command does', async () => {
  put('a.txt', 'one\ntwo\none\n');
  put('b.txt', 'three\n');
  mkdirSync(join(scene.jail.folder, 'sub'));
  const lines: readonly (readonly [string, string])[] = [
    ['sort a.txt | uniq -c | wc -l', '2\n'],
    ['cat *.txt | head -n 1', 'one\n'],
    ['for f in *.txt; do echo "$f: $(wc -l < $f)"; done', 'a.txt: 3\nb.txt: 1\n'],
    ['cd sub && pwd', `${scene.jail.folder}/sub\n`],
    ['if grep -q two a.txt; then echo yes; else echo no; fi', 'yes\n'],
    ['while read -r x; do echo "<$x>"; done < b.txt', '<three>\n'],
    ['A="x  y"; echo "$A" $A', 'x  y x y\n'],
    ["cat <<'E' | tr a-z A-Z\nhi $A\nE", 'HI $A\n'],
    ["echo 'it'\\''s' \"a\\\"b\"", 'it\'s a"b\n'],
    ['echo ~', '/home/atom\n'],
    ['ls nothing 2>/dev/null || echo none', 'none\n'],
    ['[ -d sub ] && test -f a.txt && printf %s%s a b', 'ab'],
    ['( cd sub; pwd ) | wc -l; pwd', `1\n${scene.jail.folder}\n`],
    ['echo "a\\tb"', 'a\\tb\n'],
    ["bash -c 'echo $((1+1))'", '2\n'],
    ['comm -12 <(sort -u a.txt) <(echo two)', 'two\n'],
    ['cat < <(echo hi)', 'hi\n'],
  ];
  for (const [line, stdout] of lines) expect(await run(line), line).toMatchObject({ stdout });
  expect(await run('true; false')).toMatchObject({ exit: 1 });
  expect(await run('cat | wc -c', { stdin: 'four' })).toMatchObject({ stdout: '4\n' });
});

test('a line that only looks cannot write, and one that writes can', async () => {
  put('a.txt', 'x\n');
  expect(await run('cat a.txt | tee /dev/null | wc -l')).toMatchObject({ stdout: '1\n' });
  const look = await prepare('ls | wc -l');
  expect(complexityOf('shell.exec', look).complexity).toBe(1);
  await run('cat a.txt >> b.txt && ls');
  expect(readFileSync(join(scene.jail.folder, 'b.txt'), 'utf8')).toBe('x\n');
});

test('the card shows the line as it was written, and each command as it was read', async () => {
  const line = `ls -l "a b" | sort > out; cd x`;
  const { card, script, facts } = await prepare(line);
  expect(card).toMatchObject({
    kind: 'line',
    words: [line],
    program: '/usr/bin/ls, /usr/bin/sort',
    may: expect.arrayContaining(["run ls -l 'a b'", 'run sort', 'run cd x']),
  });
  expect(script?.steps).toHaveLength(2);
  expect(facts).toMatchObject({
    line: {
      text: `'/usr/bin/ls' '-l' 'a b' | '/usr/bin/sort' > 'out'; 'cd' 'x'`,
      programs: [
        { path: '/usr/bin/ls', sha256: expect.stringMatching(/^\w{64}$/) },
        { path: '/usr/bin/sort' },
        { name: 'cd' },
      ],
    },
  });
});

test('what the scripts in a line contain is part of what is approved', async () => {
  mkdirSync(join(scene.jail.folder, 'sub'));
  put('sub/x.sh', 'echo as shown');
  put('tool', '#!/bin/sh\necho as shown\n', 0o755);
  for (const [line, file] of [
    ['echo | sh sub/x.sh', 'sub/x.sh'],
    ['cd sub && sh x.sh', 'sub/x.sh'],
    ['true; ./tool | cat', 'tool'],
    ['cd sub; ../tool', 'tool'],
    ['if true; then ./tool; fi', 'tool'],
    ['echo $(./tool)', 'tool'],
  ] as const) {
    const prepared = await prepare(line);
    expect(await execute(prepared), line).toMatchObject({ stdout: 'as shown\n' });
    const before = readFileSync(join(scene.jail.folder, file), 'utf8');
    put(file, '#!/bin/sh\necho something else\n');
    expect(await code(execute(prepared)), line).toBe('blocked');
    put(file, before);
  }
});

test('which file a program is after an unknown folder is not guessed', async () => {
  put('tool', '#!/bin/sh\necho hi\n', 0o755);
  for (const line of ['cd "$A"; ./tool', 'cd; ./tool', 'cd nowhere; ./tool', 'cd ..; ./tool'])
    expect(await code(prepare(line)), line).toBe('usage');
});

test('nothing that a shell has under the same name comes before a program', async () => {
  put('ls', '#!/bin/sh\necho hijacked\n', 0o755);
  expect(await run('PATH=.; ls')).toMatchObject({ stdout: 'ls\n' });
  expect(await run(`echo '\\0101'`)).toMatchObject({ stdout: '\\0101\n' });
});

test('a program is told by its own name, whatever a link to it is called', async () => {
  symlinkSync('/usr/bin/rm', join(scene.jail.folder, 'tidy'));
  const { aliases } = await prepare('ls && ./tidy -f x');
  expect(aliases).toEqual([['/usr/bin/rm', '-f', 'x']]);
});

test('a program that is missing is named, unless the line does without', async () => {
  expect(await code(prepare('ls | no-such-program'))).toBe('not-found');
  expect(await run('command -v no-such-program || echo none')).toMatchObject({ stdout: 'none\n' });
  expect(await run('no-such-program || echo none')).toMatchObject({ stdout: 'none\n' });
  expect(await run('if false; then source ./x; fi; echo on')).toMatchObject({ stdout: 'on\n' });
});

test('a line that atom cannot read is shown whole, as the script for a shell that it is', async () => {
  const line = 'f() { echo hi; }; f';
  const prepared = await prepare(line);
  expect(prepared).toMatchObject({
    argv: ['/bin/sh', '-c', line],
    card: { kind: 'command', words: ['/bin/sh', '-c', line] },
  });
  expect(prepared.script).toBeUndefined();
  expect(complexityOf('shell.exec', prepared)).toMatchObject({
    complexity: 4,
    reasons: ['runs a shell script that atom cannot read'],
  });
  expect(await execute(prepared)).toMatchObject({ stdout: 'hi\n' });
});

test('what nobody can see is not even a script', async () => {
  for (const line of ['ls \u202e x', 'ls \r id', 'l\u200bs', 'ls \0'])
    await expect(prepare(line)).rejects.toMatchObject({ code: 'usage' });
});

test('a hidden file cannot be shown by running it in a line', async () => {
  put('.env', 'echo CANARY\n');
  expect(await code(prepare('true && sh .env'))).toBe('blocked');
});

test.each([[{ line: 'ls', argv: ['ls'] }], [{}], [{ line: ' ' }], [{ line: ['ls'] }]])(
  '%j is not a command',
  async (resource) => {
    expect(await code(shell.prepare(resource as Json, agent))).toBe('usage');
  },
);
