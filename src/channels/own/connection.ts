import { isDeepStrictEqual } from 'node:util';
import { asAtomError } from '../../base/errors.ts';
import type { Redact } from '../../base/redact.ts';
import { visible } from '../../base/visible.ts';
import { type ChannelHealth, SendError } from '../../domain/channel.ts';
import type { OwnChannelSaid } from '../../domain/own-channel.ts';
import { Unauthorized } from '../http-failure.ts';
import { type Calls, createCalls } from './calls.ts';
import type { OutgoingMessage } from './define.ts';
import type { News, WireMessage } from './frames.ts';
import { type OwnHost, type OwnProcess, startProcess } from './process.ts';
import { readSaid } from './said.ts';

/** What is run: exactly what the owner approved, with what belongs to it. */
export interface Approved {
  readonly code: string;
  readonly said: OwnChannelSaid;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Takes these secrets out of what it says. */
  readonly redact: Redact;
}

/** A process that is connected to its platform. */
export interface Connection {
  /** Resolves to the platform's id. Throws SendError. */
  send(message: OutgoingMessage, signal: AbortSignal): Promise<string>;
}

export interface ConnectionDeps extends Approved {
  /** Of the channel. */
  readonly name: string;
  readonly host: OwnHost;
  /** Makes a message durable. Throws AtomError `unavailable` where it has to come again. */
  take(message: WireMessage): Promise<void>;
  health(health: ChannelHealth): void;
  ready(connection: Connection): void;
  /** So long may it take to connect, and to answer whether it is still there; half a minute unless given. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 30_000;
/** Messages that it may bring before it is told that they are kept. */
const MOST_UNTAKEN = 100;
/** How often a minute it may say how it does. */
const MOST_HEALTH = 60;
const CLOSE_MS = 400;

/** Runs one process until it ends, or the signal aborts. Throws why it ended; Unauthorized where only the owner can mend it. */
export async function runConnection(deps: ConnectionDeps, signal: AbortSignal): Promise<void> {
  const { host, said, code, patienceMs = PATIENCE_MS } = deps;
  const state = await host.status();
  if (state.state !== 'ready')
    throw new SendError({ kind: 'later', reason: 'there is no jail to run it in: atom doctor' });
  const calls = createCalls();
  let failure: SendError | undefined;
  const process = startProcess(host, {
    hosts: said.hosts,
    ownServers: said.ownServers,
    news: (told) => hear(told),
    redact: deps.redact,
  });
  const isReady = setTimeout(() => process.end('it did not connect in time'), patienceMs);
  const pulse = watchPulse(process, patienceMs);
  const hear = createHearing(deps, {
    process,
    calls,
    pulse,
    connected: () => clearTimeout(isReady),
    fail: (error) => {
      failure ??= error;
      process.end(error.message);
    },
  });
  const close = (): void => {
    process.tell({ do: 'close' });
    setTimeout(() => process.end('it was closed'), CLOSE_MS);
  };
  signal.addEventListener('abort', close, { once: true });
  process.tell({ do: 'load', code });
  const words = deps.redact(await process.gone);
  signal.removeEventListener('abort', close);
  clearTimeout(isReady);
  pulse.stop();
  calls.loseAll('its process ended before it was confirmed');
  throw failure ?? new SendError({ kind: 'unknown', reason: words });
}

const mendable = (words: string, name: string): Unauthorized =>
  new Unauthorized({
    kind: 'later',
    reason: `${words}. Once that is mended:   atom channels reopen ${name}`,
  });

/** Asks again and again whether it still answers: one that runs in circles never would. */
function watchPulse(process: OwnProcess, ms: number) {
  let isHere = true;
  const timer = setInterval(() => {
    if (!isHere) return process.end('it did not answer any more');
    isHere = false;
    process.tell({ do: 'answer' });
  }, ms);
  return {
    /** False where nobody asked. */
    felt: (): boolean => {
      const wasAsked = !isHere;
      isHere = true;
      return wasAsked;
    },
    stop: () => clearInterval(timer),
  };
}

interface Hearing {
  readonly process: OwnProcess;
  readonly calls: Calls;
  readonly pulse: ReturnType<typeof watchPulse>;
  connected(): void;
  fail(error: SendError): void;
}

/** What is done about what a process tells. One that tells what it was not asked, or too much, is ended. */
function createHearing(deps: ConnectionDeps, hearing: Hearing): (news: News) => void {
  const { said, settings, secrets, redact } = deps;
  const { process, calls, pulse, connected, fail } = hearing;
  let [isLoaded, untaken, healths, since] = [false, 0, 0, performance.now()];
  const odd = (what: string): void => process.end(`it was ended, because it ${what}`);
  const shown = (words: string): string => visible(redact(words));
  const take = async (call: number, message: WireMessage): Promise<void> => {
    untaken += 1;
    if (untaken > MOST_UNTAKEN) return odd('brought more than it waits for');
    const { text, name } = message;
    const shownAs = name === undefined ? {} : { name: redact(name) };
    const error = await deps.take({ ...message, ...shownAs, text: redact(text) }).then(
      () => undefined,
      (thrown: unknown) => asAtomError(thrown),
    );
    untaken -= 1;
    process.tell({ do: 'taken', call, ...(error && { error: error.message }) });
  };
  const health = (state: 'ready' | 'retrying' | 'failed', words: string): void => {
    if (performance.now() - since > 60_000) [healths, since] = [0, performance.now()];
    if (++healths > MOST_HEALTH) odd('said too often how it does');
    else if (state === 'failed') fail(mendable(words, deps.name));
    else if (state === 'retrying') deps.health({ state, reason: words });
    else {
      connected();
      deps.health({ state, identity: words });
      deps.ready({
        send: (message, signal) =>
          calls.begin((call) => process.tell({ do: 'send', call, message }), signal),
      });
    }
  };
  const loaded = (told: unknown): void => {
    const isApproved = !isLoaded && isDeepStrictEqual(readSaid(told), said);
    isLoaded = true;
    if (isApproved) process.tell({ do: 'open', settings, secrets });
    else odd('says something else of itself than what you approved');
  };
  const settled = (call: number, how: Parameters<Calls['settle']>[1]): void => {
    if (!calls.settle(call, how)) odd('answered what it was not asked');
  };
  return (news) => {
    if (news.news === 'loaded') loaded(news.said);
    else if (news.news === 'health') health(news.state, shown(news.words));
    else if (news.news === 'message') void take(news.call, news.message);
    else if (news.news === 'sent') settled(news.call, { id: news.id });
    else if (news.news === 'unsent')
      settled(news.call, { kind: news.kind, reason: shown(news.words) });
    else if (news.news === 'over') process.end(shown(news.words ?? 'its connection ended'));
    else if (!pulse.felt()) odd('answered what it was not asked');
  };
}
