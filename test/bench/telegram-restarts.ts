// node test/bench/telegram-restarts.ts [--messages 1000] [--chats 50] [--restarts 6] [--kill]: what many
// chats say to a bot at crabline's server, by polling and by webhook, while its gateway is started anew.
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DOUBT } from '../../src/outbox/doubt.ts';
import { startGateway } from './measure.ts';
import { answered, type Mode, saying, setTelegram } from './telegram-stage.ts';

export interface RestartsWish {
  readonly messages: number;
  readonly chats: number;
  readonly restarts: number;
  /** As a crash would, instead of asking it to end. */
  readonly kill?: boolean;
}

export interface RestartsEnd {
  readonly lost: number;
  /** Answered twice; `flagged` of them said that this may be a repeat. */
  readonly doubled: number;
  readonly flagged: number;
  /** Chats in which an answer came before an earlier one. */
  readonly disordered: number;
  readonly seconds: number;
}

/** Below what Telegram lets a bot send, so that nothing piles up but what a restart makes wait. */
const EACH_MS = 1000 / 25;
const PATIENCE_MS = 120_000;
const atom = join(resolve(import.meta.dirname, '../..'), 'bin', 'atom.js');

export async function restarted(mode: Mode, wish: RestartsWish): Promise<RestartsEnd> {
  const stage = await setTelegram(mode, wish.chats);
  const { peer, profile, chats } = stage;
  let gateway = await startGateway(atom, profile.env);
  const start = performance.now();
  const restart = async (): Promise<void> => {
    await (wish.kill ? gateway.kill() : gateway.stop());
    gateway = await startGateway(atom, profile.env);
  };
  const told = Array.from({ length: wish.messages }, (_, n) => n);
  try {
    const every = Math.ceil(wish.messages / (wish.restarts + 1));
    let restarting = Promise.resolve();
    const injecting: Promise<void>[] = [];
    for (const n of told) {
      if (n > 0 && n % every === 0) restarting = restarting.then(restart);
      const id = chats[n % chats.length] ?? 0;
      // By webhook the peer says at once where it could not deliver; it keeps what it has.
      injecting.push(peer.inject(saying(n), { id }).catch(() => undefined));
      await pause(Math.max(0, start + (n + 1) * EACH_MS - performance.now()));
    }
    await restarting;
    await Promise.all(injecting);
    const answers = async () =>
      (await peer.sentMessages()).flatMap(({ chat, text }) => {
        const n = answered(text);
        return n === undefined ? [] : [{ chat, n, isFlagged: text.startsWith(DOUBT) }];
      });
    const until = performance.now() + PATIENCE_MS;
    while (
      performance.now() < until &&
      new Set((await answers()).map(({ n }) => n)).size < told.length
    )
      await pause(100);
    // What came twice would come a moment later.
    await pause(2000);
    return judge(wish.messages, await answers(), (performance.now() - start) / 1000);
  } finally {
    await gateway.stop();
    await stage.close();
  }
}

interface Answer {
  readonly chat: string;
  readonly n: number;
  readonly isFlagged: boolean;
}

function judge(messages: number, answers: readonly Answer[], seconds: number): RestartsEnd {
  const [seen, latest, disordered] = [
    new Set<number>(),
    new Map<string, number>(),
    new Set<string>(),
  ];
  for (const { chat, n } of answers) {
    if (!seen.has(n) && n < (latest.get(chat) ?? -1)) disordered.add(chat);
    seen.add(n);
    latest.set(chat, Math.max(n, latest.get(chat) ?? -1));
  }
  return {
    lost: messages - seen.size,
    doubled: answers.length - seen.size,
    flagged: answers.filter(({ isFlagged }) => isFlagged).length,
    disordered: disordered.size,
    seconds,
  };
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      messages: { type: 'string', default: '1000' },
      chats: { type: 'string', default: '50' },
      restarts: { type: 'string', default: '6' },
      mode: { type: 'string' },
      kill: { type: 'boolean', default: false },
    },
  });
  const [messages, chats, restarts] = [values.messages, values.chats, values.restarts].map(Number);
  const wish = { messages: messages ?? 0, chats: chats ?? 0, restarts: restarts ?? 0 };
  let isWhole = true;
  for (const mode of ['polling', 'webhook'] as const) {
    if (values.mode !== undefined && values.mode !== mode) continue;
    const end = await restarted(mode, { ...wish, kill: values.kill });
    const { lost, doubled, flagged, disordered, seconds } = end;
    console.log(
      `${mode}: ${messages} messages in ${chats} chats, ${restarts} ${values.kill ? 'kills' : 'restarts'}: lost ${lost}, doubled ${doubled} (${flagged} flagged), out of order in ${disordered} chats, ${seconds.toFixed(0)} s`,
    );
    isWhole &&= lost === 0 && doubled === flagged && disordered === 0;
  }
  process.exitCode = isWhole ? 0 : 1;
}
