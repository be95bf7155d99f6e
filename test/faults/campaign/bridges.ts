import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectGateway } from '../../../src/bridge/connect.ts';
import type { Gateway } from '../../../src/bridge/gateway.ts';
import type { Fault } from './fault.ts';
import { tokenOf } from './history.ts';
import { inWorld } from './kills.ts';
import { layLine } from './lines.ts';
import { wordsFor } from './talk.ts';
import type { World } from './world.ts';

/** Conversations at the terminal. */
const PEERS = ['9001', '9002', '9003'];
/** A conversation's last 500 entries can be heard: within so many cuts it makes no more. */
const HEARD_EACH = 25;
/** A client that hears nothing for so long gives its connection up. */
const DEAF_MS = 1500;

interface Said {
  readonly peer: string;
  readonly token: string;
  readonly text: string;
}

/**
 * Somebody at a terminal says several things at once without waiting, the line is cut or goes silent in
 * between, and they say again, under the same keys, whatever was not acknowledged.
 */
const cuts: Fault['strike'] = (times, settings) =>
  inWorld(settings, {}, async (world) => {
    const { profile, chance } = world;
    const line = await layLine(join(profile.folder, 'line.sock'), profile.paths.socket);
    const gateway = await world.start();
    const heard = new Set<string>();
    try {
      for (let cut = 0; cut < times; cut++) {
        const open = sayings(world);
        const silent = cut % 2 === 1;
        const bridge = await connectGateway({ socketPath: line.path, client: 'cli', events: true });
        const sent = sayAll(bridge, open);
        await pause(chance() * 30);
        if (silent) line.mute(true);
        else line.cut();
        const kept = await sent;
        line.mute(false);
        bridge.close();
        await insist(
          line.path,
          open.filter(({ token }) => !kept.has(token)),
        );
        if ((cut + 1) % HEARD_EACH === 0) await hearAll(world, heard);
      }
      await hearAll(world, heard);
    } finally {
      line.close();
      await gateway.kill();
    }
    return times;
  });

/** Four things for each conversation. */
function sayings(world: World): readonly Said[] {
  return PEERS.flatMap((peer) =>
    Array.from({ length: 4 }, () => {
      const token = tokenOf(peer, world.told.length);
      const kind = world.chance() > 0.5 ? 'act' : 'look';
      world.note({ chat: peer, token, acts: kind === 'act', asks: false });
      return { peer, token, text: wordsFor(kind, token, world.profile.jail) };
    }),
  );
}

/** Says all of it in order, without waiting in between; the tokens that were acknowledged. */
async function sayAll(bridge: Gateway, all: readonly Said[]): Promise<ReadonlySet<string>> {
  const kept = new Set<string>();
  const given = AbortSignal.timeout(DEAF_MS);
  const late = new Promise<void>((resolve) => given.addEventListener('abort', () => resolve()));
  const said = all.map(async ({ peer, token, text }) => {
    const done = await bridge.request('chat.send', { text, peer, key: token }).then(
      () => true,
      () => false,
    );
    if (done) kept.add(token);
  });
  await Promise.race([Promise.all(said), late]);
  return new Set(kept);
}

async function insist(socketPath: string, open: readonly Said[]): Promise<void> {
  const bridge = await connectGateway({ socketPath, client: 'cli', events: false });
  for (const { peer, token, text } of open)
    await bridge.request('chat.send', { text, peer, key: token });
  bridge.close();
}

/** Waits for the answers and hears in each conversation what was not `heard` before. */
async function hearAll(world: World, heard: Set<string>): Promise<void> {
  const bridge = await connectGateway({
    socketPath: world.profile.paths.socket,
    client: 'cli',
    events: false,
  });
  const patience = AbortSignal.timeout(120_000);
  while (!world.isQuiet() && !patience.aborted) {
    for (const peer of PEERS) {
      const session = `terminal:self:${peer}`;
      const { entries } = await bridge.request('chat.history', { session, limit: 500 });
      for (const { seq, item } of entries) {
        if (item.role !== 'assistant' || !item.final || heard.has(`${peer} ${seq}`)) continue;
        heard.add(`${peer} ${seq}`);
        world.hear({ chat: peer, text: item.text });
      }
    }
    await pause(100);
  }
  bridge.close();
}

export const bridges: readonly Fault[] = [
  { name: 'bridge', nightly: 100, usual: 10, strike: cuts },
];
