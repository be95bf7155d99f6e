import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReadyWorld, type Ended, ended, type World } from './world.ts';

const hasJail = existsSync('/usr/bin/bwrap');

let world: World;
async function setUp(): Promise<void> {
  world = await createReadyWorld();
}

/** Starts one and resolves once it is ready; `over` is how it ends. */
async function running(
  words: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; over: Promise<Ended> }> {
  const child = world.start(['start', '--headless', ...words], { env });
  const over = ended(child);
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (text: string) => {
      said += text;
      if (/ ready\b|"text":"ready"/.test(said)) resolve();
    });
    void over.then(({ stderr }) => reject(new Error(stderr)));
  });
  return { child, over };
}

const waiting = async (): Promise<readonly string[]> => {
  const { stdout } = await world.run(['approvals', 'list', '--json']);
  return JSON.parse(stdout).approvals.map((one: { card: { code: string } }) => one.card.code);
};

describe('a gateway without a terminal', () => {
  beforeEach(setUp);
  afterEach(() => world.remove());

  it('answers, tells its status, and stops when it is asked to', async () => {
    const { over, child } = await running();
    const chat = await world.run(['chat', 'hello', '--json']);
    expect(chat.code).toBe(0);
    expect(JSON.parse(chat.stdout)).toMatchObject({ schema: 1, result: 'replied' });
    const status = JSON.parse((await world.run(['status', '--json'])).stdout);
    expect(status).toMatchObject({ schema: 1, profile: 'default', pid: child.pid });
    expect((await world.run(['status'])).stdout).toContain(`pid ${child.pid}`);
    const spoken = (await world.run(['status', '--plain'])).stdout;
    expect(spoken).toContain(`running, profile default, pid ${child.pid}`);
    expect(spoken).not.toContain('·');
    expect((await world.run(['stop'])).code).toBe(0);
    expect((await over).code).toBe(0);
    expect((await world.run(['status'])).code).toBe(5);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends by %s with exit %i, after what it was doing', async (signal, exit) => {
    const { child, over } = await running();
    child.kill(signal);
    const { code, stderr } = await over;
    expect(code).toBe(exit);
    expect(stderr).toContain('Stopping after the current step');
    expect(stderr).toMatch(/gateway +stopped/);
  });

  it('writes its log as JSON with --json-logs', async () => {
    const { child, over } = await running(['--json-logs']);
    const second = await world.run(['start', '--headless', '--json-logs']);
    expect(JSON.parse(second.stderr).error.code).toBe('already-running');
    child.kill('SIGTERM');
    const lines = (await over).stderr.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ part: 'gateway', level: 'info', text: 'ready' }),
    );
  });

  it('logs as much as --log-level says, whatever ATOM_LOG says', async () => {
    const { child, over } = await running(['--log-level', 'debug'], { ATOM_LOG: 'error' });
    child.kill('SIGTERM');
    expect((await over).stderr).toMatch(/^.*ready/m);
    const loud = await world.run(['start', '--headless', '--log-level', 'loud']);
    expect([loud.code, loud.stderr]).toEqual([
      2,
      expect.stringContaining('debug, info, warn, error'),
    ]);
  });

  it('keeps a token of the environment out of its log', async () => {
    const { child, over } = await running([], {
      TELEGRAM_BOT_TOKEN: '123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      ATOM_LOG: 'debug',
    });
    child.kill('SIGTERM');
    const { stderr } = await over;
    expect(stderr).toMatch(/telegram/i);
    expect(stderr).not.toContain('AAAAAAAA');
  });

  it('leaves a record that is checked without it, and names an entry that was changed', async () => {
    const { child, over } = await running();
    child.kill('SIGTERM');
    await over;
    const whole = await world.run(['audit', 'verify', '--json']);
    expect(whole.code).toBe(0);
    expect(JSON.parse(whole.stdout)).toMatchObject({ schema: 1, ok: true });
    const shown = await world.run(['audit', 'show', '0', '--json']);
    expect(JSON.parse(shown.stdout).entry.seq).toBe(0);
    const database = join(world.env.XDG_DATA_HOME ?? '', 'atom', 'default', 'atom.db');
    const db = new Database(database);
    forget(db);
    db.prepare("UPDATE audit SET body = '{}' WHERE seq = 0").run();
    db.close();
    const { code, stdout } = await world.run(['audit', 'verify']);
    expect(code).toBe(1);
    expect(stdout).toContain('entry 0 was changed');
    const doctor = await world.run(['doctor']);
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toMatch(/✖ record +was tampered with: entry 0 was changed/);
  });
});

describe('a gateway that goes on', () => {
  let child: ChildProcess;
  beforeAll(async () => {
    await setUp();
    ({ child } = await running());
  });
  afterAll(() => world.remove());

  it.skipIf(!hasJail)('waits for a yes, says how to give it, and then acts', async () => {
    const chat = world.start(['chat', 'run touch yes.txt']);
    const over = ended(chat);
    const code = await new Promise<string>((resolve) => {
      let said = '';
      chat.stderr?.on('data', (text: string) => {
        said += text;
        const found = /approvals approve (\w{4})/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    const list = JSON.parse((await world.run(['approvals', 'list', '--json'])).stdout);
    expect(list.approvals.map((one: { card: { code: string } }) => one.card.code)).toEqual([code]);
    const { stdout } = await world.run(['approvals', 'show', code]);
    expect(stdout).toContain('touch yes.txt');
    expect((await world.run(['approvals', 'approve', code])).code).toBe(0);
    expect((await over).code).toBe(0);
    expect(existsSync(join(world.home, 'atom-work', 'yes.txt'))).toBe(true);
  });

  it.skipIf(!hasJail)('does nothing after a no, and exits 3', async () => {
    const over = world.run(['chat', 'run touch no.txt']);
    await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(1);
    expect((await world.run(['approvals', 'deny', (await waiting())[0] ?? ''])).code).toBe(0);
    expect((await over).code).toBe(3);
    expect(existsSync(join(world.home, 'atom-work', 'no.txt'))).toBe(false);
  });

  it.skipIf(!hasJail)('wants the code of a high risk typed out', async () => {
    const made = join(world.home, 'atom-work', 'typed.txt');
    const over = ended(world.start(['chat', `/run perl -e 'open my $made, ">", "typed.txt"'`]));
    await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(1);
    const code = (await waiting())[0] ?? '';
    const plain = await world.run(['approvals', 'approve', code, '--yes']);
    expect(plain.code).toBe(2);
    expect(plain.stderr).toContain('--typed');
    expect((await waiting()).length).toBe(1);
    expect(existsSync(made)).toBe(false);
    expect((await world.run(['approvals', 'approve', code, '--typed'])).code).toBe(0);
    expect((await over).code).toBe(0);
    expect(existsSync(made)).toBe(true);
  });

  it('is the only one of its profile: a second exits 6 and names the first', async () => {
    const { code, stderr } = await world.run(['start']);
    expect(code).toBe(6);
    expect(stderr).toContain(`pid ${child.pid}`);
    expect(stderr).toContain('atom attach');
  });

  it.skipIf(!hasJail)('tells in words what happened', async () => {
    const over = world.run(['chat', 'run touch made.txt']);
    await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(1);
    const code = (await waiting())[0] ?? '';
    await world.run(['approvals', 'approve', code]);
    await over;
    const { stdout } = await world.run(['audit', 'list']);
    const rows = stdout.trim().split('\n');
    const row = (kind: string): string => rows.find((line) => line.includes(` ${kind} `)) ?? '';
    expect(row('begun')).toMatch(/^\d+ +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}begun +\S/);
    expect(rows.some((line) => line.includes('shell.exec touch made.txt'))).toBe(true);
    expect(rows.some((line) => /done +exit 0$/.test(line))).toBe(true);
    const asked = rows.find((line) => line.includes(`${code} touch made.txt`));
    expect(asked).toContain(' approval.asked ');
    expect(row('approval.approved')).toMatch(/by \S+/);
    expect(stdout).not.toContain('{"');
  });

  it.skipIf(!hasJail)('says why what is said behind a waiting card has to wait', async () => {
    const over = world.run(['chat', 'run touch late.txt']);
    await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(1);
    const code = (await waiting())[0] ?? '';
    const behind = await world.run(['chat', 'hello', '--timeout', '3s']);
    expect(behind.code).toBe(8);
    expect(behind.stdout).toBe('');
    expect(behind.stderr.match(new RegExp(`Waiting for ${code}: .* is queued`, 'g'))).toHaveLength(
      1,
    );
    await world.run(['approvals', 'deny', code]);
    await over;
  });

  it('exits 8 where an answer takes longer than --timeout', async () => {
    const { code } = await world.run(['chat', 'hello', '--timeout', '1ms']);
    expect(code).toBe(8);
  });

  it('is looked over by the doctor, also while it runs', async () => {
    const { stdout } = await world.run(['doctor', '--json']);
    const { findings } = JSON.parse(stdout);
    const find = (name: string) => findings.find((one: { name: string }) => one.name === name);
    expect(find('gateway')).toMatchObject({
      state: 'good',
      words: expect.stringContaining(`pid ${child.pid}`),
    });
    expect(find('database')).toMatchObject({ state: 'good' });
    expect(find('node')).toMatchObject({ state: 'good' });
  });

  it('is not changed or put away under its own feet', async () => {
    for (const words of [
      ['init', '--edit', '--yes'],
      ['init', '--reset', '--yes'],
    ]) {
      const { code, stderr } = await world.run(words);
      expect([code, stderr]).toEqual([6, expect.stringContaining('atom stop')]);
    }
    expect(existsSync(world.config)).toBe(true);
  });

  it('takes a folder that is added while it runs', async () => {
    await world.run(['jails', 'add', join(world.home, 'site')]);
    const { jails } = JSON.parse((await world.run(['status', '--json'])).stdout);
    expect(jails.map((jail: { name: string }) => jail.name)).toEqual(['work', 'site']);
  });
});

/** Somebody who can write to the file can also take its triggers away. */
function forget(db: Database.Database): void {
  const triggers = db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all();
  for (const { name } of triggers as { name: string }[]) db.exec(`DROP TRIGGER "${name}"`);
}
