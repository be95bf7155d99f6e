import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

/** Tells the clients of the gateway what happens, as it happens. Returns how to stop. */
export const tellClients = (
  { emit, clock }: Pick<AtomOptions, 'emit' | 'clock'>,
  { bus }: Pick<Records, 'bus'>,
): readonly (() => void)[] => [
  bus.on('approval.asked', ({ card, request }) => {
    emit({ kind: 'approval.asked', card });
    const { session, event } = request.context;
    if (session === undefined || event === undefined) return;
    emit({ kind: 'turn', session, event, state: { step: 'waiting', code: card.code } });
  }),
  bus.on('approval.decided', ({ id, card, state, decidedBy, decidedAt }) =>
    emit({
      ...{ kind: 'approval.decided', id, code: card.code, state },
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
    if (channel !== 'terminal' && channel !== 'device') emit({ kind: 'message', ...message });
  }),
];
