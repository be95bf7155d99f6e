import type { Gateway } from '../../bridge/gateway.ts';
import type { Method, Params } from '../../protocol/methods.ts';
import { keyOf } from '../../protocol/session-key.ts';

/** The same gateway for whoever talks to one agent: what is said goes to its own conversation. */
export const talkingTo = (gateway: Gateway, agent: string): Gateway => ({
  ...gateway,
  request: (method, params, options) =>
    gateway.request(method, addressed(method, params, agent), options),
});

function addressed<M extends Method>(method: M, params: Params<M>, agent: string): Params<M> {
  if (method === 'chat.send') return { ...params, agent };
  if (method !== 'chat.history') return params;
  const session = keyOf({ channel: 'terminal', account: 'main', peer: agent }, false);
  return { ...params, session };
}
