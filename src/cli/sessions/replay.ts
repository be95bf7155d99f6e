import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import type { PlayedTurn, PlayStep } from '../../domain/playback.ts';
import { createKeys, type Keys } from '../ask/keys.ts';
import type { Cli } from '../cli.ts';
import type { Out } from '../out/out.ts';
import { tookWords, viewOf } from './step-view.ts';
import { type ReplayWish, type Turns, withTurns } from './turns.ts';

/**
 * Plays a conversation back: step by step for a person at a terminal, at once for everybody else. With
 * `--json` it is data.
 */
export async function replaySession(cli: Cli, wish: ReplayWish): Promise<void> {
  await withTurns(cli, { ...wish, redacted: false }, async (turns) => {
    if (cli.out.json) return cli.out.object(await collected(turns));
    const isWatched = cli.mayAsk && !cli.out.plain && process.stdout.isTTY === true;
    const keys = isWatched ? createKeys() : undefined;
    try {
      await play(cli.out, turns, keys);
    } finally {
      keys?.close();
    }
  });
}

/** All of it as one value. */
export async function collected(turns: Turns): Promise<Collected> {
  const all: PlayedTurn[] = [];
  let head: Omit<Collected, 'turns'> | undefined;
  for await (const { session, talk, turn } of turns) {
    head ??= { session, talk };
    if (turn) all.push(turn);
  }
  if (!head) throw new AtomError('not-found', 'There is nothing to play back.');
  return { ...head, turns: all };
}

type Collected = {
  readonly session: string;
  readonly talk: unknown;
  readonly turns: readonly PlayedTurn[];
};

/** Draws each step; where `keys` are watched, each when it is asked for. */
export async function play(out: Out, turns: Turns, keys: Keys | undefined): Promise<void> {
  const mayGoOn = goOn(keys);
  let total = 0;
  for await (const { step, ...place } of numbered(turns, (words) => out.say(words))) {
    if (place.count > 1 && !(await mayGoOn())) return;
    for (const line of linesOf(out, step, place)) out.data(line);
    total = place.count;
  }
  out.say(
    total === 0
      ? 'Nothing was said in it.'
      : `That was all of it: ${total} ${total === 1 ? 'step' : 'steps'}.`,
  );
}

/** Asks for a key until somebody wants all the rest; false once they want no more. */
function goOn(keys: Keys | undefined): () => Promise<boolean> {
  let watched = keys;
  return async () => {
    const key = await watched?.next('Enter: next · a: all the rest · q: stop');
    if (key === 'all') watched = undefined;
    return key !== 'quit';
  };
}

export interface Numbered {
  readonly step: PlayStep;
  /** From 1. */
  readonly count: number;
  /** When the step before was. */
  readonly before: number | undefined;
}

/** All steps one after the other; which conversation it is, in words, is told before the first. */
export async function* numbered(
  turns: Turns,
  onTalk: (words: string) => void,
): AsyncGenerator<Numbered> {
  let [before, count] = [undefined as number | undefined, 0];
  for await (const { session, talk, turn } of turns) {
    if (talk)
      onTalk(`${visible(session)}, conversation ${talk.number}, with ${visible(talk.agent)}.`);
    for (const step of turn?.steps ?? []) {
      count += 1;
      yield { step, count, before };
      before = step.at;
    }
  }
}

function linesOf(
  { style }: Out,
  step: PlayStep,
  { before, count }: Omit<Numbered, 'step'>,
): readonly string[] {
  const { title, tone, facts, block } = viewOf(step);
  const dress = { said: style.bold, good: style.good, ask: style.warn, bad: style.bad };
  const shown = tone === 'plain' ? title : dress[tone](title);
  const gap = gapWords(step.at, before);
  return [
    `${String(count).padStart(3)}  ${timeOf(step.at)}  ${shown}${gap === '' ? '' : style.dim(`  ${gap}`)}`,
    ...facts.map((fact) => style.dim(`       · ${fact}`)),
    ...(block === undefined ? [] : block.split('\n').map((line) => `       ${line}`)),
  ];
}

/** How long after the step before: `+3 s`. */
export const gapWords = (at: number, before: number | undefined): string =>
  before === undefined || at <= before ? '' : `+${tookWords(at - before)}`;

const timeOf = (at: number): string => new Date(at).toLocaleTimeString('en-GB');
