import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Cli } from '../../src/cli/cli.ts';
import { editSettings } from '../../src/cli/config/edit.ts';
import type { Env } from '../../src/config/env.ts';
import { pathsFor } from '../../src/config/paths.ts';
import { createReadyWorld, type World } from './world.ts';

let world: World;
let said: string[];
let asked: number;
beforeEach(async () => {
  world = await createReadyWorld();
  onTestFinished(() => world.remove());
  [said, asked] = [[], 0];
});

const settings = (): Record<string, unknown> => JSON.parse(readFileSync(world.config, 'utf8'));

/** An editor that puts each of these in the place of the settings, one a time it is opened. */
function editorOf(...texts: readonly string[]): string {
  const [editor, kept] = [join(world.home, 'editor'), join(world.home, 'texts')];
  mkdirSync(kept, { recursive: true });
  for (const [at, text] of texts.entries()) writeFileSync(join(kept, `${at + 1}`), text);
  const script = `#!/bin/sh
[ "$1" = "--wait" ] && [ "$2" = '$(touch' ] && [ "$3" = 'ran)' ] && [ $# = 4 ] || exit 9
stat -c %a "$4" "$(dirname "$4")" >> '${kept}/modes'
n=$(wc -l < '${kept}/modes'); cp '${kept}'/$((n / 2)) "$4"
`;
  writeFileSync(editor, script, { mode: 0o755 });
  return `${editor} --wait $(touch ran)`;
}

function edit(editor: string | undefined, again: readonly boolean[] = [], mayAsk = true) {
  const temporary = join(world.home, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const env = {
    platform: process.platform,
    home: world.home,
    temporary,
    secrets: {},
    folders: {
      xdgConfig: world.env.XDG_CONFIG_HOME,
      xdgData: world.env.XDG_DATA_HOME,
      xdgState: world.env.XDG_STATE_HOME,
    },
    ...(editor === undefined ? {} : { editor }),
  } as unknown as Env;
  const say = (line: string) => void said.push(line);
  const out = { json: false, plain: false, say, hint: say, warn: say } as unknown as Cli['out'];
  const flags = { yes: true } as Cli['flags'];
  const cli: Cli = { env, paths: pathsFor(env, 'default'), flags, out, mayAsk };
  return editSettings(cli, async () => {
    asked += 1;
    return again[asked - 1] ?? false;
  }).finally(() => expect(readdirSync(temporary)).toEqual([]));
}

it('takes over what can be used, from a copy that nobody else can read, and no shell reads a word', async () => {
  const next = { ...settings(), log: { level: 'debug' } };
  await edit(editorOf(JSON.stringify(next)));
  expect(settings()).toEqual(next);
  expect(statSync(world.config).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(world.home, 'texts/modes'), 'utf8')).toBe('600\n700\n');
  expect(existsSync(join(world.home, 'ran')) || existsSync('ran')).toBe(false);
  expect(said.at(-1)).toContain('at its next start');
});

it('names what is wrong and goes back to the editor, and writes nothing until it is right', async () => {
  const next = { ...settings(), log: { level: 'warn' } };
  const editor = editorOf('{', '{"version":1,"chanels":{}}', JSON.stringify(next));
  await edit(editor, [true, true]);
  expect(said.join('\n')).toContain('That is not valid JSON: line 1');
  expect(said.join('\n')).toContain('did you mean "channels"?');
  expect([asked, settings()]).toEqual([2, next]);
});

it('leaves the settings as they were once it is given up', async () => {
  const before = readFileSync(world.config, 'utf8');
  await expect(edit(editorOf('[]'), [false])).rejects.toMatchObject({ code: 'declined' });
  expect(readFileSync(world.config, 'utf8')).toBe(before);
});

it('says that nothing was changed where nothing was', async () => {
  const before = readFileSync(world.config, 'utf8');
  await edit(editorOf(before));
  expect(said).toEqual(['Nothing was changed.']);
});

it('writes over nothing that changed while the editor was open', async () => {
  const [editor, next] = [join(world.home, 'slow'), join(world.home, 'next')];
  const meanwhile = JSON.stringify({ ...settings(), log: { level: 'warn' } });
  writeFileSync(next, JSON.stringify({ ...settings(), log: { level: 'debug' } }));
  writeFileSync(`${next}.other`, meanwhile);
  const script = `#!/bin/sh\ncat '${next}.other' > '${world.config}'\ncp '${next}' "$1"\n`;
  writeFileSync(editor, script, { mode: 0o755 });
  await expect(edit(editor)).rejects.toMatchObject({ code: 'declined' });
  expect(said.join('\n')).toContain('changed by something else meanwhile');
  expect(readFileSync(world.config, 'utf8')).toBe(meanwhile);
});

it('mends settings that are no JSON', async () => {
  const whole = readFileSync(world.config, 'utf8');
  writeFileSync(world.config, whole.slice(0, -3));
  await edit(editorOf(whole));
  expect(settings()).toEqual(JSON.parse(whole));
});

it.each([
  ['a missing one', '/nowhere/editor', 'usage', 'ENOENT'],
  ['none at all', undefined, 'usage', 'neither VISUAL nor EDITOR'],
  ['one that fails', 'false', 'declined', 'false ended with 1'],
])('an editor that cannot be used is told of: %s', async (_, editor, code, message) => {
  const before = readFileSync(world.config, 'utf8');
  await expect(edit(editor)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
  expect(readFileSync(world.config, 'utf8')).toBe(before);
});

it('wants a terminal', async () => {
  await expect(edit('true', [], false)).rejects.toMatchObject({ code: 'usage' });
});
