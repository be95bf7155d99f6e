import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { refusal, startScriptedTelegram } from '../peers/scripted-telegram.ts';
import { createReadyWorld, ended, type World } from './world.ts';

const linux = process.platform === 'linux';
const SECOND = 1000;

let world: World;
let settings: string;
const database = () => join(world.env.XDG_DATA_HOME ?? '', 'atom', 'default', 'atom.db');
const data = () => dirname(database());
const whole = () => `${data()}.whole`;

/** A profile whose gateway ran, so that there is something to damage. */
beforeAll(async () => {
  world = await createReadyWorld();
  settings = readFileSync(world.config, 'utf8');
  await running();
  await world.run(['stop']);
  cpSync(data(), whole(), { recursive: true });
}, 60 * SECOND);
afterAll(() => world.remove());
beforeEach(() => {
  writeFileSync(world.config, settings, { mode: 0o600 });
  chmodSync(world.config, 0o600);
  // With its checkpoints: a record that ends before one of them was cut.
  rmSync(data(), { recursive: true });
  cpSync(whole(), data(), { recursive: true });
});

async function running(env: Readonly<Record<string, string>> = {}): Promise<void> {
  const gateway = world.start(['start', '--headless'], { env });
  await new Promise((resolve, reject) => {
    let said = '';
    gateway.stderr?.on('data', (text) => {
      said += text;
      if (said.includes('listening on')) resolve(undefined);
    });
    gateway.stdout?.on('data', (text) => {
      said += text;
      if (said.includes('listening on')) resolve(undefined);
    });
    gateway.once('exit', () => reject(new Error(`the gateway did not start: ${said}`)));
  });
}

const configure = (more: object): void =>
  writeFileSync(world.config, JSON.stringify({ ...JSON.parse(settings), ...more }));

interface Told {
  readonly code: number | null;
  readonly rows: readonly Finding[];
  readonly stderr: string;
}

interface Wish {
  readonly words?: readonly string[];
  /** What the process is started by. */
  readonly around?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

async function told({ words = ['doctor'], around = [], env = {} }: Wish = {}): Promise<Told> {
  const all = [...around, process.execPath, world.atom, ...words, '--json'];
  const [program = '', ...rest] = all;
  const child = spawn(program, rest, { cwd: world.home, env: { ...world.env, ...env } });
  const { code, stdout, stderr } = await ended(child);
  return { code, stderr, rows: JSON.parse(stdout).findings };
}

const called = ({ rows }: Told, name: string): Finding | undefined =>
  rows.find((row) => row.name === name && row.state !== 'good');

const badOnes = ({ rows }: Told): readonly string[] =>
  rows.filter(({ state }) => state === 'bad').map(({ name }) => name);

/** What every day has in common: the right row, with a command, and nothing said above it. */
function expectRow(day: Told, name: string, words: string | RegExp, next: string): void {
  const row = called(day, name);
  expect(row?.words).toMatch(words);
  expect(row?.next.join('\n')).toContain(next);
  expect(day.stderr).toBe('');
}

const damage = (at: number, bytes: number): void => {
  const file = readFileSync(database());
  file.fill(0xa5, at, at + bytes);
  writeFileSync(database(), file);
};

const bwrap = ['bwrap', '--die-with-parent', '--dev-bind', '/', '/'];

describe('the doctor on a bad day', () => {
  it('a port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    configure({ gateway: { port } });
    expectRow(await told(), 'ports', `Port ${port} of 127.0.0.1 is taken`, 'atom config set');
  });

  it('a crash left its socket', async () => {
    const { code, rows } = await told();
    expect(rows.find(({ name }) => name === 'gateway')?.next).toEqual(['Start it:   atom start']);
    expect(code).toBe(0);
  });

  it('the settings are broken: what needs them says so, once each, and the record is still looked at', async () => {
    writeFileSync(world.config, '{ "version": 1, ');
    const day = await told();
    expectRow(day, 'config', 'is not valid JSON', 'Mend the file');
    expect(badOnes(day)).toEqual(['config']);
    for (const name of ['folder', 'model', 'channels', 'ports', 'skills', 'net'])
      expect(called(day, name)?.words).toBe(
        'not looked at: the settings cannot be used, see config',
      );
    expect(called(day, 'record')?.words).toContain('held together without audit.export');
    expect(day.rows.find(({ name }) => name === 'database')?.state).toBe('good');
    expect(day.code).toBe(78);
  });

  it('others may read the settings', async () => {
    chmodSync(world.config, 0o644);
    const day = await told();
    expectRow(day, 'files', 'others may open', `chmod 600 ${world.config}`);
    expectRow(day, 'config', 'see files', 'atom doctor --fix');
    expect(badOnes(day)).toEqual(['config', 'files']);
    expect(day.code).toBe(78);
  });

  it('another program holds the database', async () => {
    const other = new Database(database());
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    const day = await told();
    expectRow(day, 'database', 'Another program holds the database', 'end that program');
    expect(badOnes(day)).toEqual(['database']);
  });

  it.each([
    ['its first page is garbage', 0, 4096, /not a database|damaged/],
    ['pages within it are garbage', 4096, 40 * 4096, /damaged|malformed/],
  ])('the database is damaged: %s', async (_, at, bytes, words) => {
    damage(at, bytes);
    const before = readFileSync(database());
    const day = await told();
    expectRow(day, 'database', words, 'atom backup list');
    expect(called(day, 'database')?.next.join('\n')).toContain('atom backup set-aside');
    expect(badOnes(day)).toEqual(['database']);
    for (const name of ['record', 'halt', '2fa', 'skills'])
      expect(called(day, name)?.words).toBe(
        'not looked at: the database cannot be used, see database',
      );
    expect(called(day, 'clock')).toBeUndefined();
    expect(day.code).toBe(1);
    expect(readFileSync(database()).equals(before)).toBe(true);
  });

  it.runIf(linux)('the database is on a disk that cannot be written', async () => {
    const folder = dirname(database());
    const day = await told({ around: [...bwrap, '--ro-bind', folder, folder, '--'] });
    expectRow(day, 'database', 'cannot be written', `chmod u+rwX ${folder}`);
    expect(badOnes(day)).toEqual(['database']);
  });

  it.runIf(linux)('the disk is full', async () => {
    const folder = dirname(database());
    const disk = ['--size', String(1024 ** 2), '--tmpfs', folder];
    const day = await told({ around: [...bwrap, ...disk, '--'] });
    expectRow(day, 'disk', 'only 1 MB free', `df -h ${folder}`);
    expect(badOnes(day)).toEqual(['disk']);
  });

  it('the keychain is locked', async () => {
    const kept = join(dirname(world.config), 'secrets');
    mkdirSync(kept, { recursive: true, mode: 0o700 });
    const names = join(kept, 'keychain.json');
    const text = JSON.stringify({ version: 1, names: ['telegram.token'] });
    writeFileSync(names, text, { mode: 0o600 });
    onTestFinished(() => rmSync(names));
    const day = await told();
    expectRow(day, 'secrets', 'that holds telegram.token is locked', 'atom secrets set');
    expect(called(day, 'model')?.words).toContain('see secrets');
    expect(badOnes(day)).toEqual(['secrets']);
  });

  it.runIf(linux)('there is no jail', async () => {
    const hidden = ['--ro-bind', '/dev/null', '/usr/bin/bwrap', '--'];
    const day = await told({ around: [...bwrap, ...hidden] });
    expectRow(day, 'jail', 'No command can run', 'bubblewrap');
    expect(badOnes(day)).toEqual(['jail']);
  });

  it('a token is wrong', async () => {
    const { apiRoot, token, next, close } = await startScriptedTelegram();
    onTestFinished(close);
    for (let i = 0; i < 20; i++) next('getMe', refusal(401, 'Unauthorized'));
    configure({ channels: { telegram: { allow: ['42'], apiRoot } } });
    const env = { TELEGRAM_BOT_TOKEN: token };
    await running(env);
    onTestFinished(async () => void (await world.run(['stop'])));
    await expect
      .poll(async () => called(await told({ env }), 'telegram')?.state, { timeout: 30 * SECOND })
      .toBe('bad');
    expectRow(await told({ env }), 'telegram', 'Unauthorized', 'atom channels');
  }, 90_000);

  it('the model is down', async () => {
    configure({ model: 'ollama/small', models: { ollama: { baseUrl: 'http://127.0.0.1:9/v1' } } });
    const day = await told();
    expectRow(day, 'model', 'nobody answers at http://127.0.0.1:9/v1', 'atom models test');
    expect(day.code).toBe(0);
  });

  it('the clock is wrong', async () => {
    const db = new Database(database());
    const triggers = db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all();
    for (const { name } of triggers as { name: string }[]) db.exec(`DROP TRIGGER "${name}"`);
    db.prepare('UPDATE audit SET at = at + ?').run(86_400_000);
    db.close();
    expectRow(await told(), 'clock', 'before the newest entry of the record', 'timedatectl');
  });

  it.runIf(linux)('there is no network', async () => {
    configure({ model: 'anthropic/some' });
    const env = { ANTHROPIC_API_KEY: 'not-a-key' };
    const day = await told({ env, around: [...bwrap, '--unshare-net', '--'] });
    expectRow(day, 'model', 'is not found', 'Check the network');
    expect(day.code).toBe(0);
  });
});

describe('the security audit where no gateway runs', () => {
  it('names a skill that nobody approved, without running it', async () => {
    const folder = join(dirname(world.config), 'skills', 'greet');
    mkdirSync(folder, { recursive: true });
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'skill.ts'), 'throw new Error("it ran");\n');
    const day = await told({ words: ['security', 'audit'] });
    expectRow(
      day,
      'skills',
      'greet waits for your approval: it is new',
      'atom skills approve greet',
    );
  });

  it('says of a damaged database that what stands in it is not known', async () => {
    damage(0, 4096);
    const day = await told({ words: ['security', 'audit'] });
    expectRow(day, 'database', /not a database/, 'atom backup list');
    expect(called(day, 'standing')?.words).toContain('not looked at');
    expect(day.code).toBe(1);
  });
});

it('counts the same skills wherever they are counted', async () => {
  const outside = (await told()).rows.find(({ name }) => name === 'skills');
  await running();
  onTestFinished(async () => void (await world.run(['stop'])));
  const json = async (...words: string[]) =>
    JSON.parse((await world.run([...words, '--json'])).stdout);
  const { skills: listed } = await json('skills', 'list');
  const ready = listed.filter(({ state }: { state: string }) => state === 'ready');
  const ids = ready.map(({ id }: { id: string }) => id);
  expect(ids).toContain('archive');
  const { skills: inStatus } = await json('status');
  expect(inStatus.map(({ name }: { name: string }) => name)).toEqual(ids);
  const inside = (await told()).rows.find(({ name }) => name === 'skills');
  expect([outside?.words, inside?.words]).toEqual(Array(2).fill(`${ids.length} may be used`));
  expect((await world.run(['logs'])).stdout).toContain(`${ids.length} ready: archive `);
}, 90_000);
