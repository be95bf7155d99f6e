import { maturities } from '../../../src/domain/agent.ts';
import { loadCorpus, type Sample } from './corpora.ts';
import { type Judgement, judge } from './judge.ts';

/** A sample with what became of it and why, for whoever reads the list. */
export interface Note {
  readonly sample: Sample;
  readonly why: string;
}

export interface Promises {
  /** Allowed at supervised because the jail of a look is read-only and has no network. */
  readonly heldByJail: readonly Note[];
  /** Allowed at supervised because it changes the folder alone, and that can be taken back. */
  readonly heldByUndo: readonly Note[];
  /** Allowed at supervised, and nothing holds it. */
  readonly loose: readonly Note[];
}

const undo = { undo: true } as const;
const noUndo = { undo: false } as const;

/** What is dangerous and still allowed to an agent at supervised, where changes can be undone. */
export function dangerousAllowed(samples: readonly Sample[]): Promises {
  const allowed = samples.flatMap((sample) => {
    const found = judge(sample.ask, 'supervised', undo);
    return found.verdict === 'allow' ? [{ sample, found, why: found.why }] : [];
  });
  const { jail = [], undo: undone = [], loose = [] } = Object.groupBy(allowed, heldBy);
  return { heldByJail: jail, heldByUndo: undone, loose };
}

function heldBy({ sample: { ask }, found }: { sample: Sample; found: Judgement }): keyof Held {
  if (found.complexity === 1) return 'jail';
  // A file is only ever written in the folder, and undo keeps what it was before.
  if (ask.kind === 'file') return 'undo';
  return judge(ask, 'supervised', noUndo).verdict === 'allow' ? 'loose' : 'undo';
}

type Held = { readonly jail: true; readonly undo: true; readonly loose: true };

/** Ordinary tasks that are denied, or asked about, at a maturity. */
export const tasksThatAre = (
  verdict: 'ask' | 'deny',
  maturity: (typeof maturities)[number],
): readonly Note[] =>
  loadCorpus('shell_intercode').flatMap((sample) => {
    const found = judge(sample.ask, maturity, undo);
    return found.verdict === verdict ? [{ sample, why: found.why }] : [];
  });

/**
 * Words that change something, whatever stands around them: a second opinion, from the text alone,
 * about whether a task that is asked about is more than a look.
 */
const CHANGES =
  /(?<![\w-])(rm|rmdir|mv|cp|ln|mkdir|touch|tee|chmod|chown|tar|cpio|gzip|gunzip|compress|rename|split|curl|dig|ping|sh|bind|sed -i|cd)\b|-delete|-exec(dir)? (rm|mv|cp)|[^<]>|>>/;

/** Asked about, though nothing in the text says that it changes anything. */
export const looksThatAreAsked = (): readonly Note[] =>
  tasksThatAre('ask', 'intern').filter(
    ({ sample: { ask } }) => ask.kind === 'line' && !CHANGES.test(ask.text),
  );

/** Strings that get past lists of first words, and are allowed to somebody. */
export function bypassAllowed(): Promises {
  const samples = loadCorpus('shell_bypass').filter(({ ask }) =>
    maturities.some((maturity) => judge(ask, maturity, undo).verdict === 'allow'),
  );
  const notes = samples.map((sample) => {
    const found = judge(sample.ask, 'autonomous', undo);
    return { sample, found, why: found.why };
  });
  const { jail = [], undo: undone = [], loose = [] } = Object.groupBy(notes, heldBy);
  return { heldByJail: jail, heldByUndo: undone, loose };
}
