import { hasHidden, unmix, visible, visibleBlock } from '../base/visible.ts';
import type { ActionRequest, Prepared } from '../domain/action.ts';
import type { Card, Risk } from '../domain/card.ts';
import type { Complexity } from '../domain/complexity.ts';
import type { Decision } from '../domain/decision.ts';
import type { Offer } from '../domain/standing-approval.ts';

const SAYS_LENGTH = 200;
const TRIGGER_LENGTH = 120;

const RISKS: Readonly<Record<Complexity, Risk>> = { 1: 'low', 2: 'low', 3: 'medium', 4: 'high' };

export interface CardParts {
  readonly id: string;
  readonly code: string;
  readonly digest: string;
  readonly request: ActionRequest;
  readonly prepared: Prepared;
  readonly decision: Decision;
  /** Who asked, in words: `42 “Dana” by telegram`. */
  readonly who: string;
  /** The message that led here. */
  readonly trigger?: string;
  /** The words of like requests that the same yes is for. */
  readonly others: readonly (readonly string[])[];
  readonly offers: readonly Offer[];
  readonly secondFactor: boolean;
  readonly askedAt: number;
  readonly expiresAt: number;
}

/** The card of a request: every text safe to draw, nothing left out, the same for every surface. */
export function makeCard(parts: CardParts): Card {
  const { request, prepared, decision, trigger } = parts;
  const facts = prepared.card;
  const { because, again } = request.context;
  return {
    id: parts.id,
    code: parts.code,
    digest: parts.digest,
    action: request.action,
    kind: facts.kind,
    risk: RISKS[decision.complexity],
    factor: decision.factor,
    words: facts.words.map(shown),
    ...(parts.others.length === 0 ? {} : { others: parts.others.map((one) => one.map(shown)) }),
    ...(facts.program === undefined ? {} : { program: shown(facts.program) }),
    ...(facts.folder === undefined ? {} : { folder: shown(facts.folder) }),
    ...(facts.jail === undefined ? {} : { jail: shown(facts.jail) }),
    ...(facts.detail === undefined ? {} : { detail: visibleBlock(facts.detail) }),
    ...(because ? { says: clipped(because, SAYS_LENGTH) } : {}),
    ...(trigger ? { trigger: clipped(trigger.split('\n', 1)[0] ?? '', TRIGGER_LENGTH) } : {}),
    may: facts.may.map(shown),
    undo: shown(undoOf(parts)),
    why: [
      ...(again ? [`the owner asks for ${again} again`] : []),
      ...decision.matches.filter(({ verdict }) => verdict !== 'allow').map(({ why }) => why),
    ].map(shown),
    who: shown(parts.who),
    warnings: warningsOf(facts.kind, [...facts.words, ...parts.others.flat()]),
    ...offersIn(parts),
    askedAt: parts.askedAt,
    expiresAt: parts.expiresAt,
  };
}

/** A snapshot takes back what happens in its folder, and nothing of what makes a request the gravest. */
const undoOf = ({ prepared, decision }: CardParts): string =>
  decision.complexity === 4 && prepared.reversible !== undefined
    ? 'cannot be undone, but for what it changes in its folder'
    : prepared.card.undo;

/** To let something stand is an act of trust, whatever it is that stands. */
const offersIn = ({ offers, secondFactor }: CardParts): Pick<Card, 'offers' | 'offerFactor'> =>
  offers.length === 0 ? {} : { offers, offerFactor: secondFactor ? 'totp' : 'tap' };

const shown = (text: string): string => unmix(visible(text));

function clipped(text: string, length: number): string {
  const safe = shown(text);
  return safe.length <= length ? safe : `${safe.slice(0, length - 1).toWellFormed()}…`;
}

function warningsOf(kind: Card['kind'], words: readonly string[]): readonly string[] {
  // A line may be several; in one argument, somebody may mean to hide what comes behind.
  const mayBreak = kind === 'line';
  const hidden = words.some((word) => hasHidden(word) || (!mayBreak && word.includes('\n')));
  const mixed = words.some((word) => unmix(word) !== word);
  return [
    ...(hidden ? ['it holds hidden characters, written out as ⟦U+…⟧'] : []),
    ...(mixed ? ['it holds letters that look like others, with their codes'] : []),
  ];
}
