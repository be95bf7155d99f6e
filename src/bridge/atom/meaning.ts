import type { GatewayEvent } from '../../protocol/events.ts';
import type { LinkEvent } from '../link.ts';

/** What an event of the gateway means to a program. */
export function meaningOf(event: GatewayEvent): readonly LinkEvent[] {
  if (event.kind === 'message') {
    const { id, session, text, at, inReplyTo } = event;
    const reply = inReplyTo === undefined ? {} : { inReplyTo };
    return [{ kind: 'message', id, sessionKey: session, text, at, ...reply }];
  }
  if (event.kind !== 'turn') return [];
  const { state, event: ref } = event;
  if (state.step === 'joined') return [{ kind: 'joined', from: ref, into: state.turn }];
  return state.step === 'ended' ? [{ kind: 'ended', ref, result: state.result }] : [];
}
