import type { Approval } from '../../src/domain/approval.ts';
import type { Card } from '../../src/domain/card.ts';

export const card: Card = {
  id: 'i',
  code: 'k7p2',
  digest: 'd',
  action: 'shell.exec',
  kind: 'command',
  risk: 'medium',
  factor: 'tap',
  words: ['mv', 'a b', "it's"],
  folder: '/work',
  may: ['change files'],
  undo: 'none',
  why: ['an agent at intern asks first'],
  who: '42 by telegram',
  says: 'tidy up',
  warnings: [],
  askedAt: 0,
  expiresAt: 60_000,
};

/** A question that waits, with a card like `card` but for these parts. */
export function approvalOf(parts: Partial<Card> = {}, expiresAt = 60_000): Approval {
  const shown: Card = { ...card, ...parts, expiresAt };
  return {
    id: shown.id,
    digest: 'd',
    request: {
      id: 'r',
      action: 'shell.exec',
      resource: {},
      context: {},
      principal: { kind: 'agent', id: 'atom' },
      labels: { integrity: 'owner', confidentiality: 'public' },
    },
    card: shown,
    asker: 'telegram/1',
    likeness: 'a likeness',
    state: 'pending',
    askedAt: 0,
    expiresAt,
  };
}
