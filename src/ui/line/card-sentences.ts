import { clockTime, duration } from '../../base/clock.ts';
import { visible, visibleBlock } from '../../base/visible.ts';
import { type Card, isCommand } from '../../domain/card.ts';
import { detailTitle } from '../card/sentences.ts';
import { headFor } from '../desk/state.ts';
import { shellLine } from '../text/quote.ts';
import { howToAnswer } from './answers.ts';

/** A card as sentences, complete: for screen readers and terminals that cannot redraw. */
export function cardSentences(card: Card, now: number): readonly string[] {
  const { code, risk, expiresAt, kind, words } = card;
  const exact = kind === 'command' ? shellLine(words.map(visible)) : visible(words.join(' '));
  const place = [card.folder, card.jail && `jail ${card.jail}`].filter(
    (part) => part !== undefined,
  );
  return [
    `Approval ${code}, ${risk} risk, expires in ${duration(expiresAt - now)}.`,
    ...card.warnings.map((warning) => `Careful: ${visible(warning)}.`),
    `${isCommand(kind) ? 'Command' : 'Request'}: ${exact}`,
    ...(card.others ?? []).map((one) => `And: ${shellLine(one.map(visible))}`),
    ...sentence('In', place.join(', ')),
    ...sentence('It may', [...card.may, card.undo].join('; ')),
    ...sentence('Why it is asked', card.why.join('; ')),
    ...sentence('Asked by', `${card.who}, ${clockTime(card.askedAt)}`),
    ...detail(card),
    ...(card.says ? [`The agent says: “${visible(card.says)}”`] : []),
    howToAnswer(headFor(card)),
  ];
}

/** What `details` adds. */
export const moreSentences = (card: Card): readonly string[] => [
  ...sentence('Program', card.program ?? ''),
  ...sentence('Action', card.action),
  ...sentence('Digest', card.digest),
  ...(card.trigger ? [`The message that led here: “${visible(card.trigger)}”`] : []),
  howToAnswer(headFor(card)),
];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const sentence = (label: string, text: string): readonly string[] =>
  text === '' ? [] : [`${label}: ${visible(text)}`];

const detail = ({ detail: text, kind }: Card): readonly string[] =>
  text
    ? [
        capital(detailTitle(kind)),
        ...visibleBlock(text)
          .split('\n')
          .map((line) => `  ${line}`),
      ]
    : [];
