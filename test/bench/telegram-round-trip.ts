import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type CrablinePeer, startCrabline } from '../peers/crabline.ts';
import { type Spread, spread, startGateway } from './measure.ts';
import { answered, type Mode, saying, setTelegram } from './telegram-stage.ts';

const CHATS = 40;
const EACH = 100;
/** A chat is answered once a second at most: each is spoken to in turn. */
const PAUSE_MS = 60;
const SLOW = 20;
const atom = join(resolve(import.meta.dirname, '../..'), 'bin', 'atom.js');

/** From a message until its answer has arrived, at crabline's server: of each message alone. */
export async function timeTelegram(): Promise<Record<Mode | 'eachSecond' | 'bare', Spread>> {
  return {
    eachSecond: spread(await timeEachSecond()),
    bare: spread(await timeBare()),
    polling: spread(await timeAtom('polling')),
    webhook: spread(await timeAtom('webhook')),
  };
}

async function timeAtom(mode: Mode): Promise<readonly number[]> {
  const { peer, profile, chats, close } = await setTelegram(mode, CHATS);
  const gateway = await startGateway(atom, profile.env);
  try {
    await gateway.settled();
    const times: number[] = [];
    const next = answers(peer);
    for (let n = 0; n < EACH + 5; n++) {
      const start = performance.now();
      const came = next(n);
      await peer.inject(saying(n), { id: chats[n % CHATS] ?? 0 });
      const took = (await came) - start;
      // The first ones load what all others use.
      if (n >= 5) times.push(took);
      await pause(PAUSE_MS);
    }
    return times;
  } finally {
    await gateway.stop();
    await close();
  }
}

/** Resolves to when the answer to a message came. */
function answers(peer: CrablinePeer): (n: number) => Promise<number> {
  const waiting = new Map<number, (at: number) => void>();
  peer.onMessage(({ text }) => waiting.get(answered(text) ?? -1)?.(performance.now()));
  return (n) => new Promise((resolve) => waiting.set(n, resolve));
}

/** A bot that does nothing but ask, every so many ms or by long polls, and answer at once. */
async function startBareBot(timeout: number, pauseMs: number) {
  const peer = await startCrabline();
  const call = async (method: string, body: object): Promise<unknown> => {
    const response = await fetch(`${peer.apiRoot}/bot${peer.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return ((await response.json()) as { result: unknown }).result;
  };
  let isOver = false;
  const bot = async (): Promise<void> => {
    for (let offset = 0; !isOver; await pause(pauseMs)) {
      const updates = (await call('getUpdates', { offset, timeout })) as readonly {
        readonly update_id: number;
        readonly message: { readonly chat: { readonly id: number }; readonly text: string };
      }[];
      for (const { update_id, message } of updates) {
        offset = update_id + 1;
        const text = `I do not know ${message.text}.`;
        await call('sendMessage', { chat_id: message.chat.id, text });
      }
    }
  };
  const running = bot();
  return {
    peer,
    next: answers(peer),
    async close() {
      isOver = true;
      // Ends a long poll that waits.
      await peer.inject('bye', { id: 1001 });
      await running;
      await peer.close();
    },
  };
}

/** What crabline itself takes, by long polls, beside what atom does for a message. */
async function timeBare(): Promise<readonly number[]> {
  const { peer, next, close } = await startBareBot(25, 0);
  const times: number[] = [];
  for (let n = 0; n < EACH + 5; n++) {
    const start = performance.now();
    const came = next(n);
    await peer.inject(saying(n), { id: 1001 + (n % CHATS) });
    const took = (await came) - start;
    if (n >= 5) times.push(took);
    await pause(PAUSE_MS);
  }
  await close();
  return times;
}

async function timeEachSecond(): Promise<readonly number[]> {
  const { peer, next, close } = await startBareBot(0, 1000);
  const times: Promise<number>[] = [];
  // At all moments of its second alike.
  for (let n = 0; n < SLOW; n++) {
    const start = performance.now();
    times.push(next(n).then((at) => at - start));
    await peer.inject(saying(n), { id: 1001 + n });
    await pause(270);
  }
  const took = await Promise.all(times);
  await close();
  return took;
}
