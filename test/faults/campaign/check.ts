import { type Heard, type History, type Told, tokensIn } from './history.ts';

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
  /** Commands and messages of which nobody knows, and those of them that the owner was not shown. */
  readonly uncertain: number;
  readonly hidden: number;
  /** Whatever is wrong, in words. */
  readonly wrong: readonly string[];
}

const REPEAT = '(This may be a repeat';
const DOUBT = /cannot tell|could not be recorded/;
/** A card says what it asks about, and is no reply. */
const isCard = ({ text }: Heard): boolean => /\bAPPROVAL \w{4}\b/.test(text);

/** Which messages a reply is for: those that it names, and the one that it quotes. */
const tokensOf = ({ text, quotes }: Heard): readonly string[] => [
  ...new Set([...tokensIn(text), ...(quotes === undefined ? [] : [quotes])]),
];

/**
 * Judges a history by what was promised, with nothing of atom's own at hand: every message is answered,
 * in the order of its chat, once or with words of doubt, and what it asks for is done at most once.
 */
export function check(history: History): Verdict {
  const { told, broken } = history;
  const replies = history.heard.filter((one) => !isCard(one));
  const answers = new Map(told.map(({ token }) => [token, [] as Heard[]]));
  for (const reply of replies) for (const token of tokensOf(reply)) answers.get(token)?.push(reply);
  const lost = told.filter(({ token }) => answers.get(token)?.length === 0);
  const doubles = told.map(({ token }) => (answers.get(token) ?? []).slice(1)).filter(hasAny);
  const unflagged = doubles.filter((more) => more.some(({ text }) => !text.startsWith(REPEAT)));
  const disordered = outOfOrder(told, replies);
  const effects = effectsIn(history, answers);
  const doubts = doubtsIn(history, replies);
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

function doubtsIn({ doubtfulRuns, doubtfulMessages, shown }: History, replies: readonly Heard[]) {
  const doubts = replies.filter(({ text }) => DOUBT.test(text)).flatMap(tokensOf);
  const hiddenRuns = doubtfulRuns.filter((token) => !doubts.includes(token));
  const hiddenMessages = doubtfulMessages.filter((id) => !shown.includes(id));
  return {
    counts: {
      uncertain: doubtfulRuns.length + doubtfulMessages.length,
      hidden: hiddenRuns.length + hiddenMessages.length,
    },
    wrong: [
      ...hiddenRuns.map((token) => `${token} is uncertain and nobody was told`),
      ...hiddenMessages.map((id) => `the message ${id} is uncertain and shown to nobody`),
    ],
  };
}
