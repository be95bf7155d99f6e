import { spawn } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { expect, it, onTestFinished, vi } from 'vitest';
import { askFrame, type ChildSettings } from '../../../src/channels/whatsapp/frames.ts';
import { createKeep, type Keep } from '../../../src/channels/whatsapp/keep.ts';
import type { Store } from '../../../src/domain/store.ts';
import { openStore } from '../../../src/store/open.ts';
import { DANA, startWhatsAppPeer } from '../../peers/whatsapp/peer.ts';
import { freshFolder } from '../../store/fresh.ts';
import { LIBRARY_FOLDER, memorySecrets, seedLink } from './stage.ts';

const POINTS = 200;
/** What a crash leaves: the write undone, or done and nobody told. */
type When = 'before' | 'after';

interface News {
  readonly news: string;
  readonly reason?: string;
}

it(`reconnects without a new code after each of ${POINTS} crashes in the middle of a write`, async () => {
  // The peer’s libsignal prints whole sessions.
  const quiet = [vi.spyOn(console, 'info'), vi.spyOn(console, 'warn')];
  for (const spy of quiet) spy.mockReturnValue();
  onTestFinished(() => quiet.forEach((spy) => void spy.mockRestore()));
  const peer = await startWhatsAppPeer();
  onTestFinished(() => peer.close());
  vi.spyOn(console, 'info').mockReturnValue();
  const secrets = memorySecrets();
  const disk = await startDisk(secrets);
  await seedLink({ store: disk.store(), secrets });
  const settings = { library: LIBRARY_FOLDER ?? '', name: 'atom', url: peer.url };
  const child = startCrashing(disk, settings);
  onTestFinished(child.kill);
  let [crashes, at, calls, opened] = [0, 1, 0, 0];
  const when: When[] = ['before', 'after'];
  const counts = new Map<number, number>();
  while (crashes < POINTS) {
    disk.crashAt(at, when[crashes % 2] ?? 'before');
    child.begin();
    let isOpen = false;
    let end: string | undefined;
    while (end === undefined) {
      const { news, reason } = await child.next();
      expect(['open', 'sent', 'crashed', 'closed'], reason).toContain(news);
      if (news === 'open') {
        isOpen = true;
        child.send(++calls);
      }
      if (news === 'crashed') end = 'crashed';
      // Went through to its end: there was no such write.
      if (news === 'sent') end = 'whole';
    }
    if (isOpen) opened += 1;
    if (end === 'crashed') {
      crashes += 1;
      counts.set(at, (counts.get(at) ?? 0) + 1);
      await disk.reopen();
      at += 1;
    } else {
      await child.close();
      at = 1;
    }
  }
  // And after all that: no code, and a message that the other side can read.
  disk.crashAt(Number.POSITIVE_INFINITY, 'before');
  child.begin();
  expect((await child.next()).news).toBe('open');
  child.send(++calls);
  expect((await child.next()).news).toBe('sent');
  expect(peer.sent.at(-1)?.text).toBe(`message ${calls}`);
  expect(peer.registrations).toEqual([]);
  // Every write of a session was hit, and every crash was followed by a connection.
  expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(10);
  expect(opened).toBeGreaterThan(POINTS / 2);
}, 300_000);

interface Disk {
  store(): Store;
  keep(): Keep;
  /** The next crash: at this write from now. */
  crashAt(write: number, when: When): void;
  /** True where this write is the one. */
  write(changes: Parameters<Keep['write']>[0]): Promise<'kept' | 'crash'>;
  /** What a process finds that starts after a kill: the files as they lie there. */
  reopen(): Promise<void>;
}

async function startDisk(secrets: Parameters<typeof createKeep>[0]['secrets']): Promise<Disk> {
  const folder = freshFolder();
  let number = 0;
  const file = (): string => join(folder, `atom-${number}.db`);
  let store = await openStore({ file: file() });
  let keep = createKeep({ store, secrets });
  let left = Number.POSITIVE_INFINITY;
  let mode: When = 'before';
  onTestFinished(() => store.close());
  return {
    store: () => store,
    keep: () => keep,
    crashAt: (write, when) => {
      left = write;
      mode = when;
    },
    async write(changes) {
      left -= 1;
      if (left === 0 && mode === 'before') return 'crash';
      await keep.write(changes);
      return left === 0 ? 'crash' : 'kept';
    },
    async reopen() {
      const old = file();
      number += 1;
      for (const end of ['', '-wal'])
        if (existsSync(old + end)) copyFileSync(old + end, file() + end);
      await store.close();
      store = await openStore({ file: file(), checked: true });
      keep = createKeep({ store, secrets });
    },
  };
}

function startCrashing(disk: Disk, settings: ChildSettings) {
  const program = join(import.meta.dirname, 'crashing-child.ts');
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'ipc'],
  });
  const kept: News[] = [];
  let waiting: ((news: News) => void) | undefined;
  child.on('message', (news: News) => {
    if (waiting) waiting(news);
    else kept.push(news);
    waiting = undefined;
  });
  const pipe = child.stdio[3] as Duplex;
  let line = '';
  pipe.setEncoding('utf8').on('data', (piece: string) => {
    line += piece;
    if (!line.endsWith('\n')) return;
    const ask = askFrame.parse(JSON.parse(line));
    line = '';
    answer(disk, ask).then((answered) => pipe.write(`${JSON.stringify(answered)}\n`));
  });
  const next = async (): Promise<News> =>
    kept.shift() ?? (await new Promise<News>((resolve) => (waiting = resolve)));
  return {
    next,
    begin: () => void child.send({ do: 'begin', settings }),
    send: (call: number) =>
      void child.send({
        ...{ do: 'send', call, to: `${DANA}@s.whatsapp.net` },
        ...{ id: `3EB0${String(call).padStart(18, '0')}`, text: `message ${call}` },
      }),
    async close() {
      child.send({ do: 'close' });
      while ((await next()).news !== 'closed');
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

async function answer(disk: Disk, ask: ReturnType<typeof askFrame.parse>) {
  if (ask.ask === 'read') return { values: await disk.keep().read(ask.kind, ask.ids) };
  if (ask.ask !== 'write') return {};
  return (await disk.write(ask.changes)) === 'kept' ? {} : { error: 'crash' };
}
