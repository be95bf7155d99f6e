import type { PairingView, PeopleAnswers } from './people-methods.ts';

type People = PeopleAnswers['senders.list'];

/** True where somebody besides the terminal is an owner already. */
export const hasOwner = ({ listed, senders }: Pick<People, 'listed' | 'senders'>): boolean =>
  Object.values(listed).some((ids) => ids.length > 0) ||
  senders.some(({ role, state }) => role === 'owner' && state === 'active');

/** Who waits for a yes or a no of the owner; a link that nobody used yet waits for a phone. */
export const deciding = ({ waiting }: Pick<People, 'waiting'>): readonly PairingView[] =>
  waiting.filter(
    ({ who, kind, state }) => who !== undefined && (kind === 'code' || state === 'matched'),
  );
