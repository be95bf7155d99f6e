import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { LinkStep } from '../../domain/channel.ts';
import { NEVER_BEGUN } from './child/never-begun.ts';
import { type Child, type ChildDeps, startChild } from './child-process.ts';
import type { ChildSettings } from './frames.ts';
import type { ConnectionEnd } from './history.ts';

export interface ConnectDeps extends Pick<ChildDeps, 'start' | 'program' | 'answer' | 'news'> {
  readonly clock: Clock;
  readonly log: Log;
}

export interface ConnectWish {
  readonly settings: ChildSettings;
  /** Told of each code that links an account. */
  code(step: LinkStep): void;
  /** Told once WhatsApp took the credentials, with the number: `+15550000000`. */
  ready(identity: string): void;
}

/** What a connection that was open and ended without a word counts as: 428, connection closed. */
const CLOSED = 428;

/** Starts one process for one connection, and listens to it until it is gone. */
export function connect(
  { start, program, answer, log, clock, news: pass }: ConnectDeps,
  { settings, code, ready }: ConnectWish,
): { readonly child: Child; readonly ended: Promise<ConnectionEnd> } {
  let end: Omit<ConnectionEnd, 'ms'> | undefined;
  let openAt: number | undefined;
  const child = startChild({
    start,
    program,
    answer,
    settings,
    news(news) {
      pass(news);
      if (news.news === 'qr' || news.news === 'code') code({ kind: news.news, text: news.text });
      if (news.news === 'closed') end = { code: news.code, words: news.words };
      if (news.news !== 'open') return;
      openAt = clock.monotonic();
      ready(`+${/^\d+/.exec(news.me.id)?.[0] ?? '?'}`);
    },
    odd: (why) => log.error(`the process of WhatsApp was ended: ${why}`),
  });
  const lasted = (): number => (openAt === undefined ? 0 : clock.monotonic() - openAt);
  const silent = (how: string): Omit<ConnectionEnd, 'ms'> => ({
    code: openAt === undefined ? NEVER_BEGUN : CLOSED,
    words: how,
  });
  return { child, ended: child.gone.then((how) => ({ ...(end ?? silent(how)), ms: lasted() })) };
}
