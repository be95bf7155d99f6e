import type { Gateway } from '../../bridge/gateway.ts';
import type { PairingState } from '../../domain/pairing.ts';
import type { Sender } from '../../domain/sender.ts';
import type { GatewayEvent } from '../../protocol/events.ts';
import type { PairingView } from '../../protocol/people-methods.ts';

/** How a pairing went on: somebody used the link, was let in, or `why` it is over. */
export interface Ended {
  readonly matched?: PairingView;
  readonly sender?: Sender;
  readonly why?: string;
}

/** Follows a pairing from before it begins, so that nothing of it is missed. */
export interface PairingWatch {
  /** Resolves once somebody used the link, or nobody did in time. */
  used(id: string, withinMs: number): Promise<Ended>;
  /** Resolves once whoever used it was let in or refused, or neither in time. */
  decided(pairing: PairingView): Promise<Ended>;
}

/** The gateway's clock and ours may differ by this. */
const SLACK_MS = 1000;

export function watchPairing(gateway: Gateway): PairingWatch {
  const seen: GatewayEvent[] = [];
  const listeners = new Set<(event: GatewayEvent) => void>();
  gateway.on((event) => {
    if (event.kind !== 'pairing' && event.kind !== 'sender') return;
    seen.push(event);
    for (const listener of listeners) listener(event);
  });
  const first = (
    read: (event: GatewayEvent) => Ended | undefined,
    withinMs: number,
    late: string,
  ) =>
    new Promise<Ended>((resolve) => {
      const end = (ended: Ended | undefined): void => {
        if (!ended) return;
        clearTimeout(timer);
        listeners.delete(listen);
        resolve(ended);
      };
      const listen = (event: GatewayEvent): void => end(read(event));
      const timer = setTimeout(() => end({ why: late }), withinMs + SLACK_MS);
      void gateway.closed.then(({ message }) => end({ why: message }));
      listeners.add(listen);
      for (const event of seen) listen(event);
    });
  return {
    used: (id, withinMs) =>
      first((event) => usedBy(event, id), withinMs, 'Nobody used the link in time.'),
    decided: (pairing) =>
      first(
        (event) => admittedBy(event, pairing) ?? endedBy(event, pairing.id),
        pairing.leftMs,
        'Nobody confirmed it in time, so nobody was let in.',
      ),
  };
}

const usedBy = (event: GatewayEvent, id: string): Ended | undefined =>
  event.kind === 'pairing' && event.pairing.id === id && event.pairing.state === 'matched'
    ? { matched: event.pairing }
    : endedBy(event, id);

function admittedBy(event: GatewayEvent, { who }: PairingView): Ended | undefined {
  if (event.kind !== 'sender') return undefined;
  const { kind, sender } = event.change;
  const isThem = sender.channel === who?.channel && sender.id === who.id;
  return isThem && (kind === 'admitted' || kind === 'role') ? { sender } : undefined;
}

function endedBy(event: GatewayEvent, id: string): Ended | undefined {
  if (event.kind !== 'pairing' || event.pairing.id !== id) return undefined;
  const why = ENDS[event.pairing.state];
  return why === undefined ? undefined : { why };
}

const ENDS: Partial<Readonly<Record<PairingState, string>>> = {
  refused: 'Refused. Nobody was let in.',
  burnt: 'Its code was guessed wrong five times, so the link is void.',
  replaced: 'A newer link took its place.',
  cancelled: 'It was cancelled.',
};
