import type { NewPost } from '../domain/feed-post.ts';
import { type Deed, deedWords, isLike, isTold, sumWords } from './deeds.ts';

/** How a turn ended, as it tells itself. */
export type Ending = 'replied' | 'declined' | 'blocked' | 'failed' | 'stopped';

/** One line of a story. */
export type Line = Pick<NewPost, 'kind' | 'text'> & { readonly about: string };

/** What is told of one turn, in a few lines: that it began, what was done, and how it ended. */
export interface Story {
  did(deed: Deed): void;
  /** A card waits for the owner's answer. */
  waits(code: string): void;
  /** After so many milliseconds. */
  ended(how: Ending, ms: number): void;
}

/**
 * A turn in which nothing is done has no story: its answer says all. `cause` is what it is for, in words that
 * hold none of the message: `a message from Telegram`. Like deeds in a row are one line.
 */
export function createStory(cause: string, tell: (line: Line) => void): Story {
  const all: Deed[] = [];
  let row: Deed[] = [];
  let begun = false;
  const begin = (): void => {
    if (!begun) tell({ kind: 'status', about: 'turn.started', text: `Started on ${cause}.` });
    begun = true;
  };
  const tellRow = (): void => {
    const [first, ...more] = row;
    const about = first && aboutOf(first);
    const kind = about === 'turn.learned' ? 'insight' : 'status';
    if (first && about) tell({ kind, about, text: deedWords([first, ...more]) });
    row = [];
  };
  return {
    did: (deed) => {
      if (!isTold(deed.action)) return;
      begin();
      const last = row.at(-1);
      if (last && !isLike(last, deed)) tellRow();
      row.push(deed);
      all.push(deed);
      // The story of whoever was asked begins here.
      if (deed.action === 'agent.ask') tellRow();
    },
    waits: (code) => {
      begin();
      tellRow();
      tell({ kind: 'status', about: 'turn.waiting', text: `Waits for your answer to ${code}.` });
    },
    ended: (how, ms) => {
      tellRow();
      if (begun || how === 'failed') tell(endLine(how, { ms, all, cause }));
    },
  };
}

function aboutOf({ action, result }: Deed): string {
  if (result !== 'done' && result !== 'ended badly') return 'turn.refused';
  return action === 'memory.write' ? 'turn.learned' : 'turn.tool';
}

function endLine(
  how: Ending,
  {
    ms,
    all,
    cause,
  }: { readonly ms: number; readonly all: readonly Deed[]; readonly cause: string },
): Line {
  const after = durationWords(ms);
  const sum = sumWords(all);
  const did = all.length > 1 && sum !== '' ? `: ${sum}` : '';
  const text: Readonly<Record<Ending, string>> = {
    replied: `Finished in ${after}${did}.`,
    declined: `Finished in ${after} without what you declined${did}.`,
    blocked: `Ended after ${after}, since it was not allowed${did}.`,
    failed: `Failed after ${after} at ${cause}${did}.`,
    stopped: `Was stopped after ${after}${did}.`,
  };
  const kind = how === 'failed' ? 'alert' : 'status';
  return { kind, about: how === 'failed' ? 'turn.failed' : 'turn.ended', text: text[how] };
}

/** `0.4 s`, `12 s`, `3 min 5 s`, `2 h 3 min`. */
export function durationWords(ms: number): string {
  if (ms < 9950) return `${Math.max(0.1, ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
