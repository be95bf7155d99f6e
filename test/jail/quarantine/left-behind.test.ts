import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JailSpec } from '../../../src/domain/jail.ts';
import { listKept } from '../../../src/jail/quarantine/kept.ts';
import { until } from '../../flows/stage/until.ts';
import { makeScene, type Scene } from '../scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await makeScene();
});
afterEach(() => scene.remove());

const put = (path: string, text = 'mine\n'): void => {
  const file = join(scene.jail.folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};
const isThere = (path: string): boolean =>
  lstatSync(join(scene.jail.folder, path), { throwIfNoEntry: false }) !== undefined;
const kept = () => listKept(join(scene.root, 'quarantine'));

/** What a script leaves, sorted: the paths that were moved out. None of them may be there any more. */
async function left(script: string, jail: Partial<JailSpec> = {}): Promise<readonly string[]> {
  const { quarantined = [] } = await scene.sh(script, { jail: { ...scene.jail, ...jail } });
  for (const path of quarantined) expect(isThere(path), path).toBe(false);
  return quarantined.toSorted();
}

describe('what a command leaves that other programs would run', () => {
  test('is moved out of the jail, whatever of the protected names it is', async () => {
    const script =
      'mkdir -p .idea .cursor .devcontainer .github/workflows; echo evil > .cursor/mcp.json; ' +
      'echo evil > .envrc; echo evil > .npmrc; echo evil > .bashrc; echo evil > .github/workflows/ci.yml';
    expect(await left(script)).toEqual(
      [
        '.bashrc',
        '.cursor',
        '.devcontainer',
        '.envrc',
        '.github/workflows',
        '.idea',
        '.npmrc',
      ].sort(),
    );
    const [entry] = kept();
    expect(entry).toMatchObject({ jail: 'work', folder: scene.jail.folder });
    const at = entry?.items.findIndex(({ path }) => path === '.envrc');
    const folder = join(scene.root, 'quarantine', entry?.id ?? '');
    expect(readFileSync(join(folder, String(at)), 'utf8')).toBe('evil\n');
    expect(lstatSync(folder).mode & 0o777).toBe(0o700);
  });

  test('is found however deep it lies and however it is written', async () => {
    const script =
      'mkdir -p a/b/c/d/e/f; echo evil > a/b/c/d/e/f/.envrc; echo evil > a/.EnvRC; echo evil > a/b/.vimrc; ' +
      'd=$(printf "x\\377y"); mkdir "$d"; echo evil > "$d/.exrc"';
    expect(await left(script)).toEqual([
      'a/.EnvRC',
      'a/b/.vimrc',
      'a/b/c/d/e/f/.envrc',
      'x�y/.exrc',
    ]);
    expect(readdirSync(join(scene.jail.folder, Buffer.from('a').toString()))).toEqual(['b']);
  });

  test('is moved as a link where it is one, and what it leads to stays', async () => {
    put('elsewhere/config', '[core]\n');
    const script =
      'ln -s /etc/passwd .envrc; ln -s elsewhere .git; ln -s nowhere .vscode; mkfifo .exrc';
    expect(await left(script)).toEqual(['.envrc', '.exrc', '.git', '.vscode']);
    expect(kept()[0]?.items.map(({ path, kind }) => [path, kind])).toContainEqual(['.git', 'link']);
    expect(isThere('elsewhere/config')).toBe(true);
    expect(existsSync('/etc/passwd')).toBe(true);
  });

  test('is left alone where it was there before and did not change', async () => {
    put('sub/.envrc');
    put('sub/.vscode/settings.json', '{}');
    put('sub/deep/.npmrc');
    expect(await left('echo more > f; mv sub moved; cat moved/.envrc')).toEqual([]);
    expect(isThere('moved/.vscode/settings.json')).toBe(true);
  });

  test('is moved where it was there and was changed, in a folder that was not protected', async () => {
    put('sub/.envrc');
    put('sub/.vscode/settings.json', '{}');
    const script =
      'echo evil >> sub/.envrc; echo evil > sub/.vscode/tasks.json; touch -d @0 sub/.envrc';
    expect(await left(script)).toEqual(['sub/.envrc', 'sub/.vscode']);
  });

  test('is found in a folder that the command closed', async () => {
    const script =
      'mkdir -p .vscode shut; echo evil > .vscode/tasks.json; echo evil > shut/.envrc; chmod 555 .vscode; chmod 111 shut';
    expect(await left(script)).toEqual(['.vscode', 'shut/.envrc']);
    expect(lstatSync(join(scene.jail.folder, 'shut')).mode & 0o777).toBe(0o111);
    chmodSync(join(scene.jail.folder, 'shut'), 0o755);
  });

  test('is found though something in the background keeps writing it', async () => {
    const writer = 'while :; do echo evil > .envrc; mkdir -p .vscode; done';
    const script = `setsid sh -c 'exec </dev/null >/dev/null 2>&1; ${writer}' & while [ ! -e .envrc ]; do :; done`;
    expect(await left(script)).toContain('.envrc');
    expect(isThere('.envrc')).toBe(false);
    expect((await scene.sh('ls -A')).stdout).toBe('');
  });

  test('stays where the owner lets commands change that name', async () => {
    const script =
      'echo mine > .envrc; mkdir .vscode; echo mine > .vscode/settings.json; echo evil > .exrc';
    expect(await left(script, { unprotected: ['.envrc', '.vscode'] })).toEqual(['.exrc']);
    expect(isThere('.vscode/settings.json')).toBe(true);
  });

  test('stays where it is what npm installs', async () => {
    expect(await left('mkdir -p node_modules/.bin; echo x > node_modules/.bin/eslint')).toEqual([]);
    expect(isThere('node_modules/.bin/eslint')).toBe(true);
  });

  test('is not looked for after a command that could write nothing', async () => {
    put('sub/.envrc');
    expect(await left('cat sub/.envrc', { mode: 'read-only' })).toEqual([]);
    expect(existsSync(join(scene.root, 'quarantine'))).toBe(false);
  });
});

describe('what a command leaves that is only told', () => {
  test('is new or changed instructions for agents, and changed scripts of npm', async () => {
    put('AGENTS.md');
    put('package.json', '{"scripts":{"test":"vitest"}}');
    const script =
      'echo more >> AGENTS.md; echo new > CLAUDE.md; ' +
      'printf \'{"scripts":{"test":"vitest","postinstall":"evil"}}\' > package.json';
    const { quarantined, notes } = await scene.sh(script);
    expect(quarantined).toBeUndefined();
    expect(notes).toEqual([
      'It wrote instructions that agents read: AGENTS.md, CLAUDE.md.',
      'It changed what npm runs: package.json: postinstall.',
    ]);
    expect(isThere('CLAUDE.md')).toBe(true);
    expect((await scene.sh('cat AGENTS.md')).notes).toBeUndefined();
  });

  test('is written out where its name could fool who reads it', async () => {
    const { notes } = await scene.sh(
      'mkdir "$(printf "a\\033[2Jb")"; echo x > "$(printf "a\\033[2Jb")/AGENTS.md"',
    );
    expect(notes?.[0]).toContain('a⟦U+001B⟧[2Jb/AGENTS.md');
  });
});

test('a set-id bit that is new is taken off and told; one that was there stays', async () => {
  put('old');
  put('new');
  chmodSync(join(scene.jail.folder, 'old'), 0o4755);
  await scene.sh('true');
  // The jail lets no command set one, so this is somebody else who does it meanwhile.
  const running = scene.sh('echo x > made; while [ -e new ]; do :; done');
  await until('it runs', () => isThere('made'));
  chmodSync(join(scene.jail.folder, 'new'), 0o4755);
  writeFileSync(join(scene.jail.folder, 'other'), '');
  renameSync(join(scene.jail.folder, 'new'), join(scene.jail.folder, 'renamed'));
  expect((await running).notes).toEqual(['Set-id bits were taken off: renamed.']);
  expect(lstatSync(join(scene.jail.folder, 'renamed')).mode & 0o7000).toBe(0);
});
