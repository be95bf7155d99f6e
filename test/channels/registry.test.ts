import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { channels, isChannelName } from '../../src/channels/registry.ts';
import { startCrabline } from '../peers/crabline.ts';

const registry = JSON.stringify(new URL('../../src/channels/registry.ts', import.meta.url).href);

/** Runs a program of its own, so that what it loads and leaves behind can be seen. */
async function run(program: string, env: Record<string, string> = {}): Promise<string> {
  const words = ['--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, words, {
    env: { ...process.env, ...env },
    timeout: 10_000,
  });
  return stdout.trim();
}

const watch = `
  import { registerHooks } from 'node:module';
  const asked = [];
  registerHooks({
    resolve(name, context, next) {
      asked.push(name);
      return next(name, context);
    },
  });
  const sdk = () => asked.some((name) => name.startsWith('grammy'));
`;

test('every channel tells its limits before anything of it is loaded', () => {
  expect(Object.values(channels).map(({ facts }) => facts.name)).toEqual(Object.keys(channels));
  expect(isChannelName('telegram')).toBe(true);
  expect(isChannelName('constructor')).toBe(false);
});

test('knowing and making a channel loads no SDK; using it does', async () => {
  const program = `${watch}
    const { channels } = await import(${registry});
    const { create } = await channels.telegram.load();
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const deps = { token: '1:x', apiRoot: 'http://127.0.0.1:1', log, newId: () => 'x' };
    const channel = create({ ...deps, clock: { now: Date.now, monotonic: Date.now } });
    const before = sdk();
    await channel.typing({ channel: 'telegram', account: '1', peer: '42' });
    console.log(before, sdk());
  `;
  expect(await run(program)).toBe('false true');
});

test('a closed channel leaves nothing behind that keeps a program alive', async () => {
  const peer = await startCrabline();
  const program = `
    const { channels } = await import(${registry});
    const { create } = await channels.telegram.load();
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const deps = { token: process.env.TOKEN, apiRoot: process.env.ROOT, log, newId: () => 'x' };
    const channel = create({ ...deps, clock: { now: Date.now, monotonic: Date.now } });
    await new Promise((ready) => channel.open({ accept: async () => {}, health: ready }));
    await channel.close();
    const closed = Date.now();
    process.on('exit', () => console.log(Date.now() - closed < 1000 ? 'at once' : 'late'));
  `;
  expect(await run(program, { TOKEN: peer.token, ROOT: peer.apiRoot })).toBe('at once');
  await peer.close();
});
