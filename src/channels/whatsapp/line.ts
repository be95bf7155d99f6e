import { backoff } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { asAtomError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { redact } from '../../base/redact.ts';
import { within } from '../../base/wait.ts';
import type { ChannelHealth, LinkStep } from '../../domain/channel.ts';
import type { Child, ChildDeps } from './child-process.ts';
import { connect } from './connect.ts';
import type { ChildSettings, News, Order } from './frames.ts';
import { createHistory, type Next, unlinkedWords } from './history.ts';
import type { Keep } from './keep.ts';

export interface LineDeps {
  readonly keep: Keep;
  /** What keeps the process in. Throws AtomError `unavailable` where there is nothing that holds. */
  jail(): Promise<ChildDeps['start']>;
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

/** A line and where it stands. */
interface Run extends LineDeps {
  readonly judge: ReturnType<typeof createHistory>;
  readonly stopping: AbortController;
  /** Ends whatever is being waited for. */
  pause: AbortController;
  wish: Wish | undefined;
  child: Child | undefined;
  isBusy: boolean;
}

export function startLine(deps: LineDeps): Line {
  const run: Run = {
    ...deps,
    judge: createHistory(deps.clock),
    stopping: new AbortController(),
    pause: new AbortController(),
    wish: undefined,
    child: undefined,
    isBusy: true,
  };
  const ended = keepGoing(run);
  return {
    tell: (order) => run.child?.tell(order),
    link(wish) {
      answerWish(run, { kind: 'failed', reason: 'somebody else began to link' });
      run.wish = wish;
      run.child?.tell({ do: 'close' });
      wake(run);
    },
    busy: () => run.isBusy,
    wake: () => wake(run),
    async stop() {
      run.stopping.abort();
      run.child?.tell({ do: 'close' });
      await Promise.allSettled([within(CLOSE_MS, 'WhatsApp', ended)]);
      run.child?.kill();
      await Promise.allSettled([within(CLOSE_MS, 'WhatsApp', ended)]);
    },
  };
}

async function keepGoing(run: Run): Promise<void> {
  run.health({ state: 'starting' });
  while (!run.stopping.signal.aborted)
    await once(run).catch((thrown: unknown) => fail(run, redact(asAtomError(thrown).message)));
}

/** One connection and what follows from its end. */
async function once(run: Run): Promise<void> {
  const library = run.library();
  if (library === undefined) return fail(run, NO_LIBRARY);
  const wasLinked = (await run.keep.linked()) !== undefined;
  if (!wasLinked && run.wish === undefined) return fail(run, NOT_LINKED);
  const start = await run.jail();
  if (run.stopping.signal.aborted) return;
  const { wish } = run;
  const said = await connected(run, { start, library });
  const end = { ...said, words: redact(said.words) };
  // Whoever began to link meanwhile has ended it, and waits for the next.
  const isForAnother = run.wish !== undefined && run.wish !== wish;
  if (run.stopping.signal.aborted || isForAnother) return;
  run.log.debug(`WhatsApp: ${end.words}`, { code: end.code });
  if ((await run.keep.linked()) !== undefined) return follow(run, run.judge(end));
  await run.keep.forgetAll();
  return fail(run, `${wasLinked ? 'the link was removed' : unlinkedWords(end)}. ${LOGIN}`);
}

async function connected(
  run: Run,
  { start, library }: { readonly start: ChildDeps['start']; readonly library: string },
) {
  const phone = run.wish?.phone;
  const deps = { ...run, start };
  const { child, ended } = connect(deps, {
    settings: { ...run.settings, library, ...(phone === undefined ? {} : { phone }) },
    code: (step) => answerWish(run, step),
    ready(identity) {
      run.opened(true);
      run.health({ state: 'ready', identity });
      answerWish(run, { kind: 'linked', identity });
    },
  });
  run.child = child;
  const end = await ended;
  run.child = undefined;
  run.opened(false);
  return end;
}

async function follow(run: Run, next: Next): Promise<void> {
  run.log.info(`connection ended: ${next.words}`, { next: next.do });
  if (next.do === 'restart') return;
  if (next.do === 'relink') await run.keep.forgetAll();
  if (next.do === 'relink') return fail(run, `${next.words}. ${LOGIN}`);
  if (next.do === 'stop') return fail(run, next.words);
  if (next.do === 'heal') await run.keep.forgetSessions();
  run.health({ state: 'retrying', reason: next.words });
  await rest(run, backoff(next.backoff, next.attempt));
}

async function fail(run: Run, reason: string): Promise<void> {
  run.health({ state: 'failed', reason });
  answerWish(run, { kind: 'failed', reason });
  await rest(run);
}

/** Waits, for ever where no time is given, or until somebody wakes it. */
async function rest(run: Run, ms?: number): Promise<void> {
  const woken = AbortSignal.any([run.pause.signal, run.stopping.signal]);
  run.isBusy = ms !== undefined;
  await (ms === undefined ? aborted(woken) : run.wait(ms, woken).catch(() => undefined));
  run.isBusy = true;
}

function wake(run: Run): void {
  run.pause.abort();
  run.pause = new AbortController();
}

function answerWish(run: Run, step: LinkStep): void {
  run.wish?.tell(step);
  if (step.kind === 'linked' || step.kind === 'failed') run.wish = undefined;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
