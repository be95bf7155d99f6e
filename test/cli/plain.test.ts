import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { clockTime } from '../../src/base/clock.ts';
import { topics } from '../../src/cli/about/topics.ts';
import { cardText } from '../../src/cli/approvals/card-text.ts';
import { exactly, plainly, wantsPlain } from '../../src/cli/out/plain.ts';
import { card } from '../outbox/card.ts';
import { createReadyWorld, type World } from './world.ts';

/** What a line holds besides ASCII, with the line, to be read where a test fails. */
const beyond = (text: string): readonly string[] =>
  text.split('\n').filter((line) => /[^\x20-\x7e\t]/.test(line));

let world: World;
let helps: readonly string[];

beforeAll(async () => {
  world = await createReadyWorld();
  const gateway = world.start(['start', '--headless']);
  await new Promise((resolve, reject) => {
    let said = '';
    gateway.stderr?.on('data', (text) => {
      said += text;
      if (said.includes('listening on')) resolve(undefined);
    });
    gateway.once('exit', () => reject(new Error(`the gateway did not start: ${said}`)));
  });
  writeFileSync(join(world.home, 'atom-work', 'notes.txt'), 'buy milk\n');
  const told = [
    ['chat', 'read notes.txt'],
    ['chat', 'run: touch made.txt', '--timeout', '1s'],
    ['feed', 'post', 'all is well'],
    ['memory', 'add', 'the door is green'],
    ['users', 'add', 'dana', '--sender', 'telegram:5012233'],
    ['rules', 'add', 'no-push', '--program', 'git', '--args', 'push **', '--deny', 'not from here'],
    ['jobs', 'add', 'tea', '--every', '1d', '--say', 'drink tea'],
  ];
  for (const words of told) await world.run(words);
  helps = (await world.run(['help'])).stdout
    .split('\n')
    .flatMap((line) => /^ {2}([a-z][a-z0-9-]*)/.exec(line)?.[1] ?? []);
}, 90_000);
afterAll(() => world.remove());

describe('--plain', () => {
  it.each([
    ...['status', 'doctor', 'health', 'security audit', 'help', 'stats', 'feed', 'logs'],
    ...[
      'skills list',
      'skills show archive',
      'skills show notes',
      'agents list',
      'agents show atom',
    ],
    ...['users list', 'people list', 'devices list', 'approvals list --all', 'rules list'],
    ...['jails list', 'jails check', 'jails show work', 'audit list', 'audit show 1'],
    ...['audit verify', 'audit key', 'sessions list', 'runs list', 'memory list', 'models list'],
    ...['channels list', 'alerts list', 'notify list', 'config list', 'config check', 'edition'],
    ...['secrets list', 'spool list', 'outbox list', 'backup list', 'jobs list', 'undo --list'],
    ...['quarantine list', 'mcp list', '2fa status', 'rules suggest', 'a2a list', 'init --check'],
    ...['nonsense', 'skills nonsense', 'agents show nobody', 'skills new A', 'config set model x/'],
  ])('atom %s says it in ASCII', async (words) => {
    const { stdout, stderr } = await world.run(['--plain', ...words.split(' ')]);
    expect(stdout + stderr).not.toBe('');
    expect(beyond(stdout + stderr)).toEqual([]);
  });

  it('holds for what was said in a conversation, too', async () => {
    const list = JSON.parse((await world.run(['sessions', 'list', '--json'])).stdout);
    const [{ id }] = list.sessions;
    for (const words of [['show'], ['replay']]) {
      const { stdout, stderr } = await world.run(['--plain', 'sessions', ...words, String(id)]);
      expect(beyond(stdout + stderr)).toEqual([]);
    }
  });

  it('holds for the help of every command', async () => {
    expect(helps.length).toBeGreaterThan(30);
    for (const name of helps) {
      const { stdout, code } = await world.run(['--plain', name, '--help']);
      expect([name, code, beyond(stdout)]).toEqual([name, 0, []]);
    }
  }, 120_000);
});

test('every topic of the help can be said in ASCII, but for the signs that somebody may send', () => {
  for (const [name, text] of Object.entries(topics))
    expect([name, ...beyond(plainly(text)).filter((line) => !line.includes('👍'))]).toEqual([name]);
});

test('--plain is heard before a "--", and not after it', () => {
  expect(wantsPlain(['node', 'atom', '--plain', 'status'])).toBe(true);
  expect(wantsPlain(['node', 'atom', 'rules', 'explain', '--', 'git', '--plain'])).toBe(false);
});

test('a command on a card is not made another one: its signs are written out', () => {
  const words = ['echo', '’$(id)’', 'a – b'];
  const lines = cardText({ ...card, words, says: 'it’s fine' }, 0, { plain: true }).map(plainly);
  const text = lines.join('\n');
  expect(text).toContain('⟦U+2019⟧$(id)⟦U+2019⟧');
  expect(text).toContain('a ⟦U+2013⟧ b');
  expect(text).not.toContain("'$(id)'");
  expect(cardText({ ...card, words }, 0, { plain: false }).join('\n')).toContain('’$(id)’');
});

test('what is exact is so all the way down, and what is no text is left alone', () => {
  const value = { at: 3, lines: ['a…', { b: 'x · y' }], none: null };
  expect(exactly(value, { plain: true })).toEqual({
    at: 3,
    none: null,
    lines: ['a⟦U+2026⟧', { b: 'x ⟦U+00B7⟧ y' }],
  });
  expect(exactly(value, { plain: false })).toBe(value);
});

test('a card that was answered says when it ended, and no time that is left', () => {
  const [head = ''] = cardText({ ...card, expiresAt: 10_000 }, 1000, { plain: false }, 5000);
  expect(head).toContain(`ended ${clockTime(5000)}`);
  expect(head).not.toContain('expires');
  const [open] = cardText({ ...card, expiresAt: 10_000 }, 1000, { plain: false });
  expect(open).toContain('expires in 9 s');
});
