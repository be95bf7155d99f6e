import { afterAll, beforeAll, expect, it } from 'vitest';
import { hintFor } from '../../src/base/hint.ts';
import { helpTexts } from '../../src/cli/main.ts';
import { until } from '../flows/stage/until.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let commands: readonly string[];

beforeAll(async () => {
  world = await createWorld();
  commands = Object.keys(await helpTexts()).filter((words) => words !== '' && !words.includes(' '));
});
afterAll(() => world.remove());

/** What is told to be typed, without the profile it would have to name. `runs` alone is a verb. */
function unnamed(said: string): readonly string[] {
  const found = [...said.matchAll(/\batom ([a-z0-9]+)(?= *(\S*))/g)];
  return found.flatMap(([, word = '', next = '']) =>
    commands.includes(word) && (word !== 'runs' || /^(list|show|output|settle)/.test(next))
      ? [`atom ${word} ${next}`]
      : [],
  );
}

/** Runs some for another profile than the default one, and checks what is said then. */
async function check(...lines: readonly string[]): Promise<string> {
  const said = await Promise.all(
    lines.map(async (line) => {
      const { stdout, stderr } = await world.run(['-p', 'two', ...line.split(' ')]);
      expect(unnamed(stdout + stderr), `${line}\n${stdout}${stderr}`).toEqual([]);
      return stdout + stderr;
    }),
  );
  return said.join('\n');
}

it('every command there is may be told for a profile', () => {
  for (const word of commands) expect(hintFor('two', `atom ${word}`)).toBe(`atom -p two ${word}`);
  expect(unnamed('See it:   atom status, and once atom runs:   atom runs list')).toEqual([
    'atom status ,',
    'atom runs list',
  ]);
});

it('what a command says to do next is said for its profile, while no gateway runs', async () => {
  const before = await check('status', 'config set model offline', 'stats', 'backup list');
  expect(before).toContain('atom -p two');
  await check('init --yes');
  const after = await check(
    ...['init --yes --model x/y', 'pair telegram', 'notify list', 'config get modle'],
    ...['notify add night --to telegram --events panic', 'channels list', 'skills new two'],
    ...['channels add sms', 'alerts list', 'doctor', 'jails add /etc', 'models use a/b', 'resume'],
  );
  expect(after).toContain('atom -p two start');
  await check('config set channels.telegram.enabled true');
  await check('notify add night --to telegram --events panic');
});

it('and while one runs', async () => {
  world.start(['-p', 'two', 'start', '--headless']);
  await until('the gateway', async () => (await world.run(['-p', 'two', 'status'])).code === 0);
  const running = await check(
    ...['pair slack', 'senders list', 'agents show atom', 'feed --agent no', 'doctor', 'undo'],
    ...['channels reopen slack', 'notify test night', 'skills list', 'devices list', 'jobs list'],
    ...['approvals approve abcd', 'sessions show no', 'rules remove no', 'runs show no'],
    ...['agents message atom hello', 'mcp list', 'users list', 'feed post hello @atom', 'pause'],
  );
  expect(running).toContain('atom -p two channels add slack');
  const asked = await check('resume', '--timeout 2s chat make folder hello');
  expect(asked).toContain('atom -p two approvals approve');
  await check('status', 'stop');
});
