import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import { userBehind } from './whose.ts';

type Clients = Pick<AtomOptions, 'emit' | 'clock' | 'log'>;
type Told = Pick<Records, 'bus' | 'users' | 'store'>;

/** Tells the clients of the gateway what happens, as it happens. Returns how to stop. */
export const tellClients = (
  { emit, clock, log }: Clients,
  { bus, users, store }: Told,
): readonly (() => void)[] => [
  bus.on('approval.asked', ({ card, request }) => {
    emit({ kind: 'approval.asked', card });
    const { session, event } = request.context;
    if (session === undefined || event === undefined) return;
    emit({ kind: 'turn', session, event, state: { step: 'waiting', code: card.code } });
  }),
  bus.on('approval.decided', ({ id, card, state, decidedBy, decidedAt }) =>
    emit({
      kind: 'approval.decided',
      id,
      code: card.code,
      state,
      ...(decidedBy === undefined ? {} : { by: decidedBy }),
      at: decidedAt ?? clock.now(),
    }),
  ),
  bus.on('feed.posted', (post) => emit({ kind: 'feed', post })),
  bus.on('feed.reacted', ({ post, ...reaction }) =>
    emit({ kind: 'feed.reaction', post, reaction }),
  ),
  bus.on('replied', ({ channel, ...message }) => {
    // The channels of those who are connected tell it themselves, once it is sent.
    if (channel === 'terminal' || channel === 'device') return;
    if (channel !== 'agent') return emit({ kind: 'message', ...message });
    // The key of what agents say to each other does not tell for whom.
    userBehind({ users, sql: store }, message.inReplyTo)
      .then((of) => emit({ kind: 'message', ...message, ...(of && { of: of.name }) }))
      .catch((error: unknown) => log.error(`an answer is not told: ${String(error)}`));
  }),
];
