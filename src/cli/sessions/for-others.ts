import type { PlayedTurn, PlayStep } from '../../domain/playback.ts';
import type { Talk } from '../../domain/session.ts';
import type { Turns } from './turns.ts';

/** What strangers who open an exported conversation are told of it first. */
export const HEAD: readonly string[] = [
  'Taken out, as far as they can be told: secrets, e-mail addresses, numbers of people, ids of chats and senders, the home folder, the names of user and machine, addresses on the internet.',
  'Times count from the first step.',
  'Still here is what was said and printed otherwise, with the names of people, files, agents, jails and programs in it, and times that stand there. Read it before you send it.',
];

/**
 * Turns with the first step at nought. Ids of events say when they were made, to the millisecond: turns are
 * counted instead.
 */
export async function* forOthers(turns: Turns): Turns {
  let start: number | undefined;
  let count = 0;
  for await (const { talk, turn, ...rest } of turns) {
    start ??= turn?.steps[0]?.at;
    const from = start ?? talk?.begunAt ?? 0;
    if (turn) count += 1;
    yield {
      ...rest,
      ...(talk ? { talk: countedTalk(talk, from) } : {}),
      ...(turn ? { turn: countedFrom(turn, from, count) } : {}),
    };
  }
}

const countedTalk = ({ lastAt, ...talk }: Talk, from: number): Talk => ({
  ...talk,
  begunAt: 0,
  ...(lastAt === undefined ? {} : { lastAt: lastAt - from }),
});

const countedFrom = ({ steps }: PlayedTurn, from: number, count: number): PlayedTurn => ({
  event: `turn-${count}`,
  steps: steps.map((step): PlayStep => ({ ...step, at: step.at - from })),
});
