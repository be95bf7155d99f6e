import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { LinkStep } from '../../domain/channel.ts';
import { type Child, type ChildDeps, startChild } from './child-process.ts';
import type { ChildSettings } from './frames.ts';

/** How a connection ended: WhatsApp's code, its words, and how long it was open in milliseconds. */
export interface ConnectionEnd {
  readonly code: number;
  readonly words: string;
  readonly ms: number;
}

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

/** What the end of a process without a word counts as: 428, connection closed. */
const SILENT_END = { code: 428, words: 'its process ended' };

/** Starts one process for one connection, and listens to it until it is gone. */
export function connect(
  { start, program, answer, log, clock, news: pass }: ConnectDeps,
  { settings, code, ready }: ConnectWish,
): { readonly child: Child; readonly ended: Promise<ConnectionEnd> } {
  let end = SILENT_END;
  let openAt: number | undefined;
  const child = startChild({
    ...{ start, program, answer, settings },
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
  return { child, ended: child.gone.then(() => ({ ...end, ms: lasted() })) };
}
