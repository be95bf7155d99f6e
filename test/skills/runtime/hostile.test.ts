import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { emptyJail } from '../../../src/skills/runtime/host.ts';
import { startRunner } from '../../../src/skills/runtime/modules.ts';
import { createPool } from '../../../src/skills/runtime/pool.ts';
import { type Calls, openCalls, wordsOf } from './stage.ts';

let calls: Calls;
const MARK = 'atom-left-behind';
const say = (message: object): string =>
  `fs.writeSync(1, ${JSON.stringify(`${JSON.stringify(message)}\n`)});`;
/** A pipe that is full is tried again. */
const gigabyte = (fd: number): string =>
  `const text = 'x'.repeat(1e6); for (let sent = 0; sent < 1e9; ) try { sent += fs.writeSync(${fd}, text); } catch {}`;
const spawn = "const { spawn } = await import('node:child_process');";

beforeAll(async () => {
  calls = await openCalls();
  const { disabled } = await calls.load({
    fine: ['return input.text;'],
    crash: ["process.kill(process.pid, 'SIGSEGV'); await new Promise(() => 0);"],
    exit: ['process.exit(0);'],
    rejects: ["Promise.reject(new Error('nobody catches me')); await new Promise(() => 0);"],
    loop: ["console.log('looping'); for (;;);"],
    sleeper: ['await new Promise(() => setInterval(() => 0, 1000));'],
    polite: [
      "await new Promise((done) => context.signal.addEventListener('abort', done)); console.log('tidied'); return 'late';",
    ],
    prints: [gigabyte(2)],
    floods: [gigabyte(1)],
    hoards: ['const all = []; for (;;) all.push(Buffer.alloc(5e7, 1));'],
    forks: [`${spawn} for (;;) spawn('/bin/sleep', ['60'], { stdio: 'ignore' });`],
    leaves: [
      `${spawn} spawn('/bin/sh', ['-c', 'while :; do sleep 1; done # ${MARK}'], { detached: true, stdio: 'ignore' }).unref(); return 'gone';`,
    ],
    garbage: ["fs.writeSync(1, 'hello\\n'); await new Promise(() => 0);"],
    forges: [`${say({ jsonrpc: '2.0', id: 99, result: 'forged' })} return 'real';`],
    approves: [
      `${say({ jsonrpc: '2.0', id: 'a', method: 'approve', params: { all: true } })} await new Promise((done) => setTimeout(done, 50)); return 'asked';`,
    ],
    nested: [
      `${say({ jsonrpc: '2.0', id: 2, result: { text: 'mine' }, extra: 1 })} return 'real';`,
    ],
    polluter: [
      `Object.prototype.polluted = 'yes'; Array.prototype.map = () => { throw new Error('patched'); }; return { constructor: { prototype: { polluted: 1 } } };`,
    ],
    circular: ['const a = {}; a.a = a; return a;'],
    deep: ['let a = []; for (let i = 0; i < 5000; i++) a = [a]; return a;'],
    chatty: [
      "console.log('first'); fs.writeSync(2, 'x'.repeat(60_000)); console.log('last'); return 'said';",
    ],
    lingers: [
      "process.title = 'atom-lingers'; setInterval(() => context.fs.read('a.txt').catch(() => 0), 1); return 'gone';",
    ],
    huge: ["return 'x'.repeat(5_000_000);"],
    env: [
      `const open = fs.readdirSync('/proc/self/fd').map((fd) => { try { return fs.readlinkSync('/proc/self/fd/' + fd); } catch { return ''; } });
       return { env: Object.keys(process.env), open };`,
    ],
  });
  expect(disabled).toEqual([]);
});
afterAll(() => calls.close());

/** Programs of this machine whose command line holds a text. */
const running = (text: string): readonly string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
    } catch {
      return false;
    }
  });

describe('a skill that misbehaves', () => {
  it.each([
    ['crash', /no result: it was ended by SIGSEGV/],
    ['exit', /no result: it ended with exit code 0/],
    ['rejects', /exit code 1[\s\S]*nobody catches me|nobody catches me/],
    ['prints', /what it said or printed was too much/],
    ['floods', /a message of more than 4/],
    ['hoards', /no result: it (needed too much memory|was ended by|ended with exit code)/],
    ['forks', /no result: it (started too many processes|ended with|was ended by)/],
    ['garbage', /what is no message/],
    ['forges', /answered what it was not asked/],
    ['nested', /what is no message/],
    ['circular', /wrong result|circular|stack/i],
    ['deep', /nested too deeply|stack/],
    ['huge', /a message of more than 4/],
  ])('harms nothing but its call and ends with a sentence: %s', async (skill, words) => {
    const outcome = await calls.call(skill);
    expect(wordsOf(outcome)).toMatch(words);
    expect((await calls.record()).at(-1)).toMatch(/^failed /);
  });

  it('changes nothing outside by what it does to its own objects', async () => {
    const outcome = await calls.call('polluter');
    expect(outcome.ok || wordsOf(outcome)).toBeTruthy();
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    expect(await calls.call('fine', { text: 'still' })).toMatchObject({ ok: true, value: 'still' });
  });

  it('may not ask for what there is not', async () => {
    expect(wordsOf(await calls.call('approves'))).toBe('');
    expect(calls.stage.asked).toEqual([]);
  });

  it('leaves no process behind', async () => {
    expect(await calls.call('leaves')).toMatchObject({ ok: true, value: 'gone' });
    await expect.poll(() => running(MARK), { timeout: 20_000 }).toEqual([]);
  });

  it('is heard to the last word that it printed before it answered', async () => {
    for (let round = 0; round < 3; round++) {
      let printed = '';
      const onUpdate = ({ text }: { readonly text: string }): void => {
        printed += text;
      };
      expect(await calls.call('chatty', {}, { onUpdate })).toMatchObject({ value: 'said' });
      expect(printed).toMatch(/^first\nx{60000}last\n$/);
    }
  });

  it('gets nothing any more once it has answered', async () => {
    expect(await calls.call('lingers')).toMatchObject({ ok: true, value: 'gone' });
    const asked = (await calls.record()).length;
    await expect.poll(() => running('atom-lingers'), { timeout: 20_000 }).toEqual([]);
    expect((await calls.record()).length).toBe(asked);
  });

  it.each(['loop', 'sleeper'])('is ended when its caller stops it: %s', async (skill) => {
    const over = new AbortController();
    const outcome = calls.call(
      skill,
      {},
      {
        signal: over.signal,
        onUpdate: () => over.abort(),
      },
    );
    if (skill === 'sleeper') setTimeout(() => over.abort(), 200);
    expect(await outcome).toMatchObject({ ok: false, reason: 'stopped' });
  });

  it('has a moment to tidy up when it is stopped', async () => {
    const over = new AbortController();
    let printed = '';
    setTimeout(() => over.abort(), 1500);
    const outcome = await calls.call(
      'polite',
      {},
      {
        signal: over.signal,
        onUpdate: ({ text }) => {
          printed += text;
        },
      },
    );
    expect(outcome).toMatchObject({ ok: false, reason: 'stopped' });
    expect(printed).toContain('tidied');
  });
});

describe('a process that waited', () => {
  it('serves one call, knows nothing of the gateway, and is replaced', async () => {
    const { host } = calls.shop;
    vi.stubEnv('GATEWAY_CANARY', 'known to the gateway only');
    const pool = createPool({
      size: 2,
      start: () => startRunner(host, emptyJail(host), { ahead: true }),
    });
    calls.usePool(pool);
    expect(pool.ready()).toBe(0);
    await calls.call('fine');
    await expect.poll(pool.ready, { timeout: 20_000 }).toBe(2);
    const outcome = await calls.call('env');
    expect(outcome).toMatchObject({ ok: true, value: { env: expect.arrayContaining(['HOME']) } });
    const text = JSON.stringify(outcome);
    expect(text).not.toContain('GATEWAY_CANARY');
    for (const path of text.match(/"\/[^"]*"/g) ?? [])
      expect(path).toMatch(/^"\/(dev|proc|opt|tmp\/atom-pipes-\w+)\//);
    await expect.poll(pool.ready, { timeout: 20_000 }).toBe(2);
    expect(wordsOf(await calls.call('exit'))).toContain('exit code 0');
    expect(await calls.call('fine', { text: 'next' })).toMatchObject({ ok: true, value: 'next' });
    await pool.close();
    expect(pool.ready()).toBe(0);
  });
});
