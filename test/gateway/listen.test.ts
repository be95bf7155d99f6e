import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Listening, listenOn } from '../../src/gateway/socket/listen.ts';
import { freshFolder } from '../store/fresh.ts';
import { connectTo } from './line-client.ts';

const take = async (path: string): Promise<Listening> => {
  const listening = await listenOn(path, (socket) => socket.resume());
  onTestFinished(() => listening.close());
  return listening;
};

/** A socket file that nobody listens on, as a killed gateway leaves it. */
async function deadSocket(): Promise<string> {
  const path = join(freshFolder(), 's');
  const hidden = `${path}.moved`;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  renameSync(path, hidden);
  await new Promise((resolve) => server.close(resolve));
  if (existsSync(hidden)) renameSync(hidden, path);
  return path;
}

const ended = async (all: readonly Promise<Listening>[]) => {
  const settled = await Promise.allSettled(all);
  return {
    won: settled.filter(({ status }) => status === 'fulfilled').length,
    codes: settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : [])),
  };
};

describe('the socket of a profile', () => {
  it('is taken by one gateway, and nobody else may reach it', async () => {
    const path = join(freshFolder(), 's');
    await take(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await expect(listenOn(path, () => undefined)).rejects.toMatchObject({
      code: 'already-running',
    });
    expect((await connectTo(path)).isClosed()).toBe(false);
  });

  it('is taken by exactly one of many that start at once', async () => {
    const path = join(freshFolder(), 's');
    const { won, codes } = await ended(Array.from({ length: 8 }, () => take(path)));
    expect(won).toBe(1);
    expect(new Set(codes)).toEqual(new Set(['already-running']));
  });

  it('left behind by one that was killed is taken by exactly one of many', async () => {
    for (let round = 0; round < 10; round++) {
      const path = await deadSocket();
      expect(statSync(path).isSocket()).toBe(true);
      const { won } = await ended(Array.from({ length: 6 }, () => take(path)));
      expect(won).toBe(1);
      expect((await connectTo(path)).isClosed()).toBe(false);
      expect(existsSync(`${path}.lock`)).toBe(false);
    }
  });

  it('is healed after a crash in the middle of healing, and not while somebody else heals', async () => {
    const path = await deadSocket();
    closeSync(openSync(`${path}.lock`, 'wx'));
    await expect(take(path)).rejects.toMatchObject({ code: 'already-running' });
    expect(existsSync(`${path}.lock`)).toBe(true);
    utimesSync(`${path}.lock`, 1, 1);
    await take(path);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('is healed at once where the one that was healing it is dead', async () => {
    const path = await deadSocket();
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(`${path}.lock`, String(process.pid));
    await expect(take(path)).rejects.toMatchObject({ code: 'already-running' });
    writeFileSync(`${path}.lock`, String(pid));
    await take(path);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('is never made in the place of somebody’s file', async () => {
    const path = join(freshFolder(), 's');
    writeFileSync(path, 'mine');
    await expect(take(path)).rejects.toThrow('is not a socket');
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('says in words where it cannot be made', async () => {
    const path = join(freshFolder(), 'no', 's');
    await expect(take(path)).rejects.toMatchObject({ code: 'failed' });
  });

  it('is gone once the gateway closed, and a client that never reads does not hold that up', async () => {
    const path = join(freshFolder(), 's');
    const big = Buffer.alloc(8 * 1024 * 1024);
    const listening = await listenOn(path, (socket) => {
      socket.on('error', () => undefined);
      socket.write(big);
    });
    const deaf = await connectTo(path);
    deaf.socket.pause();
    await listening.close();
    expect(existsSync(path)).toBe(false);
  });
});
