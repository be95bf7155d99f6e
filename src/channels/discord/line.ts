import type { GatewayDispatchPayload } from '@discordjs/core';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { InboundEvent } from '../../domain/event.ts';
import type { Store } from '../../domain/store.ts';
import type { Access, Identity } from './api.ts';
import type { Chats } from './chats.ts';
import type { Intake } from './intake.ts';
import type { GatewayPlace } from './place.ts';

/** What the gateway says, or a message that was fetched. */
export type Payload = Pick<GatewayDispatchPayload, 't' | 'd'>;

export interface LineDeps {
  readonly token: string;
  /** Who may write by the settings: their direct chats are looked into for what was missed. */
  readonly allow: readonly string[];
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly chats: Pick<Chats, 'learn'>;
  /** The event in it; undefined where there is nothing for us in it. */
  read(payload: Payload, me: Identity): InboundEvent | undefined;
  /** `accept` resolves once the event is durable. */
  readonly hooks: { accept(event: InboundEvent): Promise<void> };
}

/** What one connection works with. */
export interface Line {
  readonly deps: LineDeps;
  readonly me: Identity;
  readonly place: GatewayPlace;
  readonly intake: Intake;
  readonly access: Access;
  readonly signal: AbortSignal;
  /** External ids of what was accepted last: what is fetched may have come by itself as well. */
  readonly accepted: Set<string>;
}
