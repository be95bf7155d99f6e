import type { People } from '../../../src/governance/people/people.ts';

/** A world with one owner on Telegram, and nobody else. */
export const ownedBy = (id: string): Pick<People, 'roleOf' | 'isBlocked' | 'list'> => ({
  roleOf: (who) =>
    who.channel === 'terminal' || (who.channel === 'telegram' && who.id === id)
      ? 'owner'
      : undefined,
  isBlocked: () => false,
  list: () => [],
});
