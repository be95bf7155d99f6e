import type { Card } from '../../../src/domain/card.ts';
import type { Seat } from './seat.ts';
import { until } from './until.ts';

/** Says something, says yes to whatever is asked, and returns the answer and what was asked. */
export type Insist = (text: string) => Promise<{ readonly answer: string; readonly card?: Card }>;

export function insistAt(seat: Seat): Insist {
  const cards = (): readonly Card[] =>
    seat.events.flatMap((event) => (event.kind === 'approval.asked' ? [event.card] : []));
  return async (text) => {
    const before = cards().length;
    const event = await seat.say(text);
    const answered = () =>
      seat.events.some((one) => one.kind === 'message' && one.inReplyTo === event);
    await until('an answer or a question', () => answered() || cards().length > before);
    const card = cards().at(before);
    if (card) await seat.decide(card, 'approve', true);
    return { answer: await seat.answerTo(event), ...(card ? { card } : {}) };
  };
}
