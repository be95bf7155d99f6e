import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { askFrame, type ChildSettings } from '../../../src/channels/whatsapp/frames.ts';
import { createKeep, type Keep } from '../../../src/channels/whatsapp/keep.ts';
import type { Store } from '../../../src/domain/store.ts';
import { openStore } from '../../../src/store/open.ts';
import { DANA, startWhatsAppPeer, type WhatsAppPeer } from '../../peers/whatsapp/peer.ts';
import { LIBRARY_FOLDER, memorySecrets, seedLink } from './kept.ts';

/** What a crash leaves: the write undone, or done and nobody told. */
type When = 'before' | 'after';

interface News {
  readonly news: string;
  readonly reason?: string;
}

/** What so many crashes led to. */
export interface CrashResult {
  /** How often each write of a session was hit, by its place and side: `3 before`. */
  readonly hits: ReadonlyMap<string, number>;
  /** Sessions that reached WhatsApp before they crashed. */
  readonly opened: number;
  /** Clients that had to register anew. */
  readonly registrations: number;
  /** After all of it: the text that was sent, and what the other side read. */
  readonly last: { readonly sent: string; readonly read: string | undefined };
}

/**
 * Connects and sends, again and again, and crashes at each write of the keys in turn: before it, and in
 * the next round after it. Throws where a connection ends in any other way. libsignal prints whole
 * sessions, so the caller silences `console.info` and `console.warn`.
 */
export async function crashAtEveryWrite(points: number): Promise<CrashResult> {
  const peer = await startWhatsAppPeer();
  const secrets = memorySecrets();
  const disk = await startDisk(secrets);
  await seedLink({ store: disk.store(), secrets });
  const settings = { library: LIBRARY_FOLDER ?? '', name: 'atom', url: peer.url };
  const child = startCrashing(disk, settings);
  try {
    return await crashes({ peer, disk, child }, points);
  } finally {
    child.kill();
    await disk.close();
    await peer.close();
  }
}

interface Parts {
  readonly peer: WhatsAppPeer;
  readonly disk: Disk;
  readonly child: ReturnType<typeof startCrashing>;
}

async function crashes({ peer, disk, child }: Parts, points: number): Promise<CrashResult> {
  const hits = new Map<string, number>();
  let [crashed, at, round, calls, opened] = [0, 1, 0, 0, 0];
  while (crashed < points) {
    const when: When = (at + round) % 2 === 0 ? 'before' : 'after';
    disk.crashAt(at, when);
    const end = await session(child, ++calls);
    if (end.isOpen) opened += 1;
    if (end.how === 'crashed') {
      crashed += 1;
      hits.set(`${at} ${when}`, (hits.get(`${at} ${when}`) ?? 0) + 1);
      await disk.reopen();
      at += 1;
    } else {
      // Went through to its end: there was no such write.
      await child.close();
      at = 1;
      round += 1;
    }
  }
  disk.crashAt(Number.POSITIVE_INFINITY, 'before');
  await session(child, ++calls);
  const last = { sent: `message ${calls}`, read: peer.sent.at(-1)?.text };
  return { hits, opened, registrations: peer.registrations.length, last };
}

/** One connection that sends one message, to its crash or to the end. */
async function session(child: Parts['child'], call: number) {
  child.begin();
  let isOpen = false;
  for (;;) {
    const { news, reason } = await child.next();
    if (news === 'crashed' || news === 'sent') return { isOpen, how: news };
    if (news !== 'open') throw new Error(`${news} ${reason ?? ''}`);
    isOpen = true;
    child.send(call);
  }
}

interface Disk {
  store(): Store;
  keep(): Keep;
  /** The next crash: at this write from now. */
  crashAt(write: number, when: When): void;
  /** True where this write is the one. */
  write(changes: Parameters<Keep['write']>[0]): Promise<'kept' | 'crash'>;
  /** What a process finds that starts after a kill: the files as they lie there. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

async function startDisk(secrets: Parameters<typeof createKeep>[0]['secrets']): Promise<Disk> {
  const folder = mkdtempSync(join(tmpdir(), 'atom-crash-'));
  let number = 0;
  const file = (): string => join(folder, `atom-${number}.db`);
  let store = await openStore({ file: file() });
  let keep = createKeep({ store, secrets });
  let left = Number.POSITIVE_INFINITY;
  let mode: When = 'before';
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
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
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
        do: 'send',
        call,
        to: `${DANA}@s.whatsapp.net`,
        id: `3EB0${String(call).padStart(18, '0')}`,
        text: `message ${call}`,
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
