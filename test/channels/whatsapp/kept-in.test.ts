import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type ListenOptions } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startChild } from '../../../src/channels/whatsapp/child-process.ts';
import type { StartLibrary } from '../../../src/domain/library-process.ts';
import { createLibraryJail } from '../../../src/jail/library-process.ts';
import type { BwrapMechanism } from '../../../src/jail/mechanism.ts';
import { freshStore } from '../../store/fresh.ts';
import { watched } from '../telegram/stage.ts';
import { memorySecrets, seedLink } from './kept.ts';
import { jail, mechanism, whatsappFor } from './stage.ts';

const onLinux = it.skipIf(process.platform !== 'linux');

async function listen(where: ListenOptions) {
  const server = createServer((socket) => socket.destroy());
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(where, resolve));
  return server.address();
}

/** What a prying library comes by, and whether the process that it went for is still as it was. */
async function pry(start: StartLibrary) {
  const folder = mkdtempSync(join(tmpdir(), 'atom-pry-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [socket, file] = [join(folder, 'gateway.sock'), join(folder, 'settings.json')];
  const abstract = `\0${folder}`;
  writeFileSync(file, '{}');
  await listen({ path: socket });
  await listen({ path: abstract });
  const { port } = (await listen({ port: 0, host: '127.0.0.1' })) as AddressInfo;
  const victim = spawn('sleep', ['60']);
  onTestFinished(() => void victim.kill('SIGKILL'));
  const name = JSON.stringify({ socket, abstract, port, file, pid: victim.pid });
  let words = '';
  const child = startChild({
    start,
    program: join(import.meta.dirname, 'prying-child.mjs'),
    settings: { name, library: import.meta.dirname },
    answer: async () => ({}),
    news: (news) => {
      if (news.news === 'closed') words = news.words;
    },
    odd: (why) => {
      words = why;
    },
  });
  await child.gone;
  return { found: words.split(', '), isHarmed: victim.signalCode !== null };
}

onLinux(
  'a library that looks around finds its own code and the network, and nothing else',
  async () => {
    const { found, isHarmed } = await pry(await jail());
    expect(found).toEqual(['its own code', 'the network']);
    expect(isHarmed).toBe(false);
  },
);

onLinux('without a jail, as on macOS, it reaches sockets and processes, but no file', async () => {
  const noJail = createLibraryJail({ kind: 'seatbelt', path: '' }, () => Promise.reject());
  const { found, isHarmed } = await pry(await noJail());
  expect(found).toEqual([
    ...['its own code', 'the network', 'a socket', 'a socket without a path', 'a process'],
    'its debugger',
  ]);
  expect(isHarmed).toBe(true);
});

it('does not start, and says so, where there is no jail that holds', async () => {
  const { store } = await freshStore();
  const secrets = memorySecrets();
  await seedLink({ store, secrets });
  const found = await mechanism;
  const leaking = { state: 'leaking', mechanism: 'tried', checks: [] } as const;
  const reason = 'bubblewrap is not installed.';
  for (const [jail, why] of [
    [
      createLibraryJail({ kind: 'none', reason }, async () => ({ state: 'unavailable', reason })),
      reason,
    ],
    [createLibraryJail({ ...found, kind: 'bwrap' } as BwrapMechanism, async () => leaking), 'hold'],
  ] as const) {
    const { channel } = whatsappFor({ url: 'ws://127.0.0.1:9' }, { store, secrets, jail });
    const watch = watched(channel);
    await expect.poll(watch.state).toBe('failed');
    expect(watch.reasons().at(-1)).toMatch(
      new RegExp(`no jail to run it in: .*${why}.* atom doctor`),
    );
    await channel.close();
  }
});
