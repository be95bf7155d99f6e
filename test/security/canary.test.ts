import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outputOf } from '../../src/config/paths.ts';
import { builtAtom } from '../cli/built.ts';
import { atom } from '../flows/stage/atom.ts';
import { type GatewayProcess, startGateway } from '../flows/stage/gateway-process.ts';
import { createProfile, type Profile } from '../flows/stage/profile.ts';
import { type Seat, takeSeat } from '../flows/stage/seat.ts';
import { until } from '../flows/stage/until.ts';
import { type CrablinePeer, startCrabline } from '../peers/crabline.ts';

/** A secret that looks like nothing, so that only its place can tell that it is one. */
const canary = (place: string): string => `Kanari3-${place}-zwitschert`;
/** Half of one is too much. */
const CANARY = /Kanari3-\w+|Kana(?=…)/g;

/** What is stored or set: nothing but atom itself ever needs it again. */
const KEPT = ['env', 'openai', 'hook', 'stored'].map(canary);
/** What stood in a message or a file: it is where that is kept, and nowhere that others read. */
const SAID = ['option', 'file', 'password', 'flag', 'url', 'query', 'bearer', 'curl'].map(canary);

let profile: Profile;
let peer: CrablinePeer;
let gateway: GatewayProcess;
let seat: Seat;
const exports: string[] = [];

beforeAll(async () => {
  await builtAtom();
  peer = await startCrabline();
  profile = createProfile({
    config: {
      channels: { telegram: { enabled: true, allow: ['42'], apiRoot: peer.apiRoot } },
      log: { level: 'debug' },
      gateway: { port: 0 },
      metrics: { enabled: true },
    },
    env: {
      TELEGRAM_BOT_TOKEN: peer.token,
      DBUS_SESSION_BUS_ADDRESS: '',
      ANTHROPIC_API_KEY: canary('env'),
      OPENAI_API_KEY: canary('openai'),
      DISCORD_WEBHOOK_URL: `https://discord.com/api/webhooks/1/${canary('hook')}`,
    },
  });
  // The home folder of the account, so that the exports show none of it.
  profile.env.HOME = profile.folder;
  await atom(profile, ['secrets', 'set', 'openrouter.key'], canary('stored'));
  writeFileSync(join(profile.jail, 'notes.txt'), `password=${canary('file')}\n`);
  gateway = await startGateway(profile);
  seat = await takeSeat(profile);
  await say();
  for (const [session, name] of [
    ['terminal:self:main', 'replay.html'],
    ['telegram:dm:42', 'replay.json'],
  ] as const) {
    const file = join(profile.folder, name);
    const { code } = await atom(profile, ['sessions', 'replay', session, '--export', file]);
    expect(code).toBe(0);
    exports.push(file);
  }
}, 60_000);
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  await peer?.close();
  profile?.remove();
});

/** Everything that somebody may say with a secret in it, from a phone and at the terminal. */
async function say(): Promise<void> {
  await peer.inject(`/run echo hi --password=${canary('option')}`);
  await until('an answer', async () => (await peer.sentMessages()).length > 0);
  await peer.inject(`my password is ${canary('password')} by the way`);
  await seat.ask('/run cat notes.txt');
  await seat.ask(
    `/run echo --token ${canary('flag')} https://u:${canary('url')}@a.example/?token=${canary('query')}`,
  );
  const header = `Authorization: Bearer ${canary('bearer')}`;
  const event = await seat.say(
    `/run curl -H '${header}' http://a.example/?api_key=${canary('curl')}`,
  );
  await seat.decide(await seat.asked(), 'deny');
  await seat.answerTo(event);
}

const found = (text: string): readonly string[] => [
  ...new Set([...(text.match(CANARY) ?? []), ...(text.includes(peer.token) ? ['the token'] : [])]),
];

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const rowsOf = (table: string): string => JSON.stringify(profile.rows(`SELECT * FROM ${table}`));

describe('a secret', () => {
  it('that was planted is where it is kept: the others below look for what is there', () => {
    const kept = rowsOf('transcript');
    for (const one of SAID.filter((said) => said !== canary('file'))) expect(kept).toContain(one);
    expect(readFileSync(join(profile.jail, 'notes.txt'), 'utf8')).toContain(canary('file'));
    expect(rowsOf('feed')).toContain('curl');
    expect(rowsOf('audit')).toContain('notes.txt');
    expect(gateway.lines.length).toBeGreaterThan(20);
  });

  it('is in no log, in no post of the feed and not in the record', () => {
    const log = filesIn(profile.paths.logs).map((file) => readFileSync(file, 'utf8'));
    expect(log.join('').length).toBeGreaterThan(1000);
    expect(found(log.join(''))).toEqual([]);
    expect(found(gateway.stderr())).toEqual([]);
    expect(['feed', 'audit'].flatMap((table) => found(rowsOf(table)))).toEqual([]);
  });

  it('is in no conversation that was exported', () => {
    for (const file of exports) {
      const text = readFileSync(file, 'utf8');
      expect(text).toContain('[secret]');
      expect([file, found(text)]).toEqual([file, []]);
      expect(text).not.toContain(profile.folder);
      // Nor what the sender calls themselves.
      expect(text).not.toContain('QA User');
    }
  });

  it('is in nothing that /metrics tells', async () => {
    const made = await atom(profile, [
      'devices',
      'add',
      'prometheus',
      '--scopes',
      'read',
      '--json',
    ]);
    const { token } = JSON.parse(made.out);
    const { text: opened } = await gateway.logged('for devices and programs');
    const port = /:(\d+)/.exec(opened)?.[1];
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await answer.text();
    expect([answer.status, text.length > 1000]).toEqual([200, true]);
    expect(found(text)).toEqual([]);
  });

  it.each([
    ...['status', 'doctor', 'health', 'logs -n 5000', 'security audit', 'backup create'],
    ...['backup list', 'stats', 'agents list', 'secrets list', 'config list', 'feed'],
    ...['audit list', 'audit export', 'runs list', 'models list', 'channels list', 'senders list'],
  ])('is in nothing that atom %s prints', async (words) => {
    const { out, err } = await atom(profile, [...words.split(' '), '--json']);
    expect(out.length).toBeGreaterThan(20);
    expect(found(out + err)).toEqual([]);
  });

  it.each([
    ['run', `--password=${canary('a')}`],
    [`--password=${canary('a')}`],
    ['panic', `--key=${canary('a')}`],
    ['status', canary('a')],
    ['secrets', 'set', canary('a')],
    ['secrets', 'set', 'anthropic.key', canary('a')],
    ['channels', 'add', 'telegram', '--token', canary('a')],
    ['config', 'set', 'channels.telegram.token', canary('a')],
    ['config', 'set', 'models.key', canary('a')],
  ])('that was typed where none belongs is not said again: %s %s %s %s', async (...words) => {
    const { code, out, err } = await atom(profile, words);
    expect(code).not.toBe(0);
    expect(err).toContain('✖');
    expect(found(out + err)).toEqual([]);
  });

  it('that is stored or set is in no file at all, once all is over', async () => {
    seat.leave();
    gateway.signal('SIGTERM');
    await gateway.ended;
    const output = relative(profile.folder, outputOf(profile.paths));
    const holders = filesIn(profile.folder).flatMap((file) => {
      const all = found(readFileSync(file, 'latin1'));
      const name = relative(profile.folder, file);
      expect([name, all.filter((one) => KEPT.includes(one) || one === 'the token')]).toEqual([
        name,
        [],
      ]);
      return all.length > 0 ? [name] : [];
    });
    // What was said is in the database and its copies; what was printed and read, where it was.
    const meant = (name: string): boolean =>
      /\/atom\.db(-wal)?$/.test(name) || name.startsWith(output) || name === 'work/notes.txt';
    expect(holders.filter((name) => !meant(name))).toEqual([]);
  });
});
