import { backoff } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { asAtomError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { redact } from '../../base/redact.ts';
import { within } from '../../base/wait.ts';
import type { ChannelHealth, LinkStep } from '../../domain/channel.ts';
import { type Child, type ChildDeps, startChild } from './child-process.ts';
import type { ChildSettings, News, Order } from './frames.ts';
import { createHistory } from './history.ts';
import type { Keep } from './keep.ts';
import type { Next } from './what-next.ts';

export interface LineDeps {
  readonly keep: Keep;
  readonly program: string;
  readonly settings: Omit<ChildSettings, 'library' | 'phone'>;
  /** The folder of the library; undefined where it is not installed. */
  readonly library: () => string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly answer: ChildDeps['answer'];
  health(health: ChannelHealth): void;
  /** What else the child tells: how sending went. */
  news(news: News): void;
  /** A connection opened, or the one there was is gone. */
  opened(isOpen: boolean): void;
}

/** Somebody who waits for an account to be linked. */
export interface Wish {
  readonly phone?: string;
  readonly tell: (step: LinkStep) => void;
}

/** Keeps one connection: makes it, and after its end does what the reason calls for. */
export interface Line {
  tell(order: Order): void;
  /** Begins to link; whatever was waited for is waited for no longer. */
  link(wish: Wish): void;
  /** True while a connection is being kept, or tried. */
  readonly busy: () => boolean;
  /** Looks anew at what is kept. */
  wake(): void;
  stop(): Promise<void>;
}

const LOGIN = 'Link it:   atom channels login whatsapp';
const NOT_LINKED = `no account is linked. ${LOGIN}`;
const NO_LIBRARY =
  'the library that speaks WhatsApp is not installed. Install it:   atom channels add whatsapp';
const CLOSE_MS = 400;
/** What the end of a process without a word counts as: 428, connection closed. */
const SILENT_END = { code: 428, words: 'its process ended' };

export function startLine(deps: LineDeps): Line {
  const stopping = new AbortController();
  let wish: Wish | undefined;
  let child: Child | undefined;
  let isBusy = true;
  let pause = new AbortController();
  const judge = createHistory(deps.clock);
  const wake = (): void => {
    pause.abort();
    pause = new AbortController();
  };
  const answerWish = (step: LinkStep): void => {
    wish?.tell(step);
    if (step.kind === 'linked' || step.kind === 'failed') wish = undefined;
  };
  const rest = async (ms?: number): Promise<void> => {
    const woken = AbortSignal.any([pause.signal, stopping.signal]);
    isBusy = ms !== undefined;
    await (ms === undefined ? aborted(woken) : deps.wait(ms, woken).catch(() => undefined));
    isBusy = true;
  };
  const fail = async (reason: string): Promise<void> => {
    deps.health({ state: 'failed', reason });
    answerWish({ kind: 'failed', reason });
    await rest();
  };

  const connect = async (library: string): Promise<{ code: number; words: string; ms: number }> => {
    let end = SILENT_END;
    let openAt: number | undefined;
    const hear = (news: News): void => {
      deps.news(news);
      if (news.news === 'qr' || news.news === 'code')
        answerWish({ kind: news.news, text: news.text });
      if (news.news === 'closed') end = { code: news.code, words: news.words };
      if (news.news !== 'open') return;
      openAt = deps.clock.monotonic();
      const identity = `+${/^\d+/.exec(news.me.id)?.[0] ?? '?'}`;
      deps.opened(true);
      deps.health({ state: 'ready', identity });
      answerWish({ kind: 'linked', identity });
    };
    const { program, settings, answer, log } = deps;
    const phone = wish?.phone;
    child = startChild({
      ...{ program, answer, news: hear },
      settings: { ...settings, library, ...(phone === undefined ? {} : { phone }) },
      odd: (why) => log.error(`the process of WhatsApp was ended: ${why}`),
    });
    await child.gone;
    child = undefined;
    deps.opened(false);
    return { ...end, ms: openAt === undefined ? 0 : deps.clock.monotonic() - openAt };
  };

  const follow = async (next: Next): Promise<void> => {
    deps.log.info(`connection ended: ${next.words}`, { next: next.do });
    if (next.do === 'restart') return;
    if (next.do === 'relink') await deps.keep.forgetAll();
    if (next.do === 'relink') return fail(`${next.words}. ${LOGIN}`);
    if (next.do === 'stop') return fail(next.words);
    if (next.do === 'heal') await deps.keep.forgetSessions();
    deps.health({ state: 'retrying', reason: next.words });
    await rest(backoff(next.backoff, next.attempt));
  };

  const once = async (): Promise<void> => {
    const library = deps.library();
    if (library === undefined) return fail(NO_LIBRARY);
    const linked = (await deps.keep.linked()) !== undefined;
    if (!linked && wish === undefined) return fail(NOT_LINKED);
    const { code, words, ms } = await connect(library);
    if (stopping.signal.aborted) return;
    deps.log.debug(`WhatsApp: ${redact(words)}`, { code });
    const isLinked = (await deps.keep.linked()) !== undefined;
    if (isLinked) return follow(judge(code, ms));
    await deps.keep.forgetAll();
    return fail(`${linked ? 'the link was removed' : unlinkedWords(code)}. ${LOGIN}`);
  };

  const ended = (async () => {
    deps.health({ state: 'starting' });
    while (!stopping.signal.aborted)
      await once().catch((thrown: unknown) => fail(redact(asAtomError(thrown).message)));
  })();

  return {
    tell: (order) => child?.tell(order),
    link(next) {
      answerWish({ kind: 'failed', reason: 'somebody else began to link' });
      wish = next;
      if (child) child.tell({ do: 'close' });
      wake();
    },
    busy: () => isBusy,
    wake,
    async stop() {
      stopping.abort();
      child?.tell({ do: 'close' });
      await Promise.allSettled([within(CLOSE_MS, 'WhatsApp', ended)]);
      child?.kill();
      await Promise.allSettled([within(CLOSE_MS, 'WhatsApp', ended)]);
    },
  };
}

/** How an attempt to link ended that linked nothing. */
const unlinkedWords = (code: number): string =>
  code === 408
    ? 'nobody took a code in time, or WhatsApp cannot be reached (408)'
    : `nothing was linked (${code})`;

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
