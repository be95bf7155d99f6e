import { type Heard, type History, isNotice, isReply, type Told, tokensOf } from './history.ts';

/** What one history came to. Numbers of messages, unless said. */
export interface Verdict {
  readonly in: number;
  readonly out: number;
  readonly lost: number;
  readonly disordered: number;
  readonly doubled: number;
  /** Of the doubled ones, those whose repeat says that it may be one. */
  readonly flagged: number;
  /** Effects that were done at all, and those that were done more than once. */
  readonly effects: number;
  readonly repeated: number;
  /** Messages that were put aside because their turn broke, or ended atom, each time. */
  readonly aside: number;
  /** Commands and messages of which nobody knows. */
  readonly uncertain: number;
  /** Of the uncertain ones and those put aside, what the owner was not told or is not shown. */
  readonly hidden: number;
  /** Whatever is wrong, in words. */
  readonly wrong: readonly string[];
}

const REPEAT = '(This may be a repeat';
const DOUBT = /cannot tell|could not be recorded/;
const ASIDE = /put your message aside/;

/**
 * Judges a history by what was promised, with nothing of atom's own at hand: every message is answered,
 * in the order of its chat, once or with words of doubt, and what it asks for is done at most once.
 */
export function check(history: History): Verdict {
  const { told, broken } = history;
  const replies = history.heard.filter(isReply);
  const answers = new Map(told.map(({ token }) => [token, [] as Heard[]]));
  for (const reply of replies) for (const token of tokensOf(reply)) answers.get(token)?.push(reply);
  const lost = told.filter(({ token }) => answers.get(token)?.length === 0);
  const doubles = told.map(({ token }) => (answers.get(token) ?? []).slice(1)).filter(hasAny);
  const unflagged = doubles.filter((more) => more.some(({ text }) => !text.startsWith(REPEAT)));
  const disordered = outOfOrder(told, replies);
  const effects = effectsIn(history, answers);
  const doubts = doubtsIn(history);
  return {
    in: told.length,
    out: replies.length,
    lost: lost.length,
    disordered: disordered.length,
    doubled: doubles.length,
    flagged: doubles.length - unflagged.length,
    ...effects.counts,
    ...doubts.counts,
    wrong: [
      ...lost.map(({ token }) => `${token} was never answered`),
      ...disordered.map((token) => `${token} was answered after a later one`),
      ...unflagged.map(([one]) => `a repeat that does not say so: ${one?.text}`),
      ...[...effects.wrong, ...doubts.wrong, ...broken],
    ],
  };
}

const hasAny = (list: readonly unknown[]): boolean => list.length > 0;

/** Messages whose first answer came after that to a later one of the same chat. */
function outOfOrder(told: readonly Told[], replies: readonly Heard[]): readonly string[] {
  const place = new Map<string, number>();
  for (const [at, reply] of replies.entries())
    for (const token of tokensOf(reply)) if (!place.has(token)) place.set(token, at);
  return told.flatMap(({ chat, token }, at) => {
    const mine = place.get(token);
    if (mine === undefined) return [];
    const passed = told
      .slice(at + 1)
      .some((later) => later.chat === chat && (place.get(later.token) ?? mine) < mine);
    return passed ? [token] : [];
  });
}

/** A command that was answered as done was done, and no token was written twice. */
function effectsIn({ told, effects }: History, answers: ReadonlyMap<string, readonly Heard[]>) {
  const acting = told.filter(({ acts }) => acts);
  const many = (token: string): number => effects.get(token) ?? 0;
  const repeated = acting.filter(({ token }) => many(token) > 1);
  const claimed = acting.filter(
    ({ token }) => many(token) === 0 && answers.get(token)?.some(({ text }) => isDone(text, token)),
  );
  return {
    counts: {
      effects: acting.filter(({ token }) => many(token) > 0).length,
      repeated: repeated.length,
    },
    wrong: [
      ...repeated.map(({ token }) => `${token} was done ${many(token)} times`),
      ...claimed.map(({ token }) => `${token} was answered as done and was not`),
    ],
  };
}

/** The command prints its token in a line of its own; whatever says that it was not done quotes it. */
const isDone = (text: string, token: string): boolean => text.split('\n').includes(token);

function doubtsIn({ heard, doubtfulRuns, doubtfulMessages, dead, shown }: History) {
  const told = heard
    .filter((one) => isNotice(one.text) || (isReply(one) && DOUBT.test(one.text)))
    .flatMap(tokensOf);
  const saidAside = heard.filter(({ text }) => ASIDE.test(text)).flatMap(tokensOf);
  const wrong = [
    ...doubtfulRuns
      .filter((token) => !told.includes(token))
      .map((token) => `${token} is uncertain and nobody was told`),
    ...dead
      .filter((token) => !saidAside.includes(token))
      .map((token) => `${token} was put aside and its sender was not told`),
    ...[...doubtfulRuns, ...doubtfulMessages, ...dead]
      .filter((name) => !shown.includes(name))
      .map((name) => `${name} is uncertain or put aside, and the owner is not shown it`),
  ];
  return {
    counts: {
      aside: dead.length,
      uncertain: doubtfulRuns.length + doubtfulMessages.length,
      hidden: wrong.length,
    },
    wrong,
  };
}
