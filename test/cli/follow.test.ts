import { expect, it } from 'vitest';
import type { Gateway } from '../../src/bridge/gateway.ts';
import { followTurn } from '../../src/cli/chat/follow.ts';
import type { GatewayEvent } from '../../src/protocol/events.ts';

const session = 'terminal:self:main';
const words = (inReplyTo: string, text: string): GatewayEvent => ({
  kind: 'message',
  id: `reply:${inReplyTo}`,
  session,
  inReplyTo,
  text,
  at: 1,
});

it('what was taken into another turn is answered with that turn', async () => {
  const listeners: ((event: GatewayEvent) => void)[] = [];
  const gateway = {
    on: (listener: (event: GatewayEvent) => void) => listeners.push(listener),
    closed: new Promise(() => undefined),
    request: () => new Promise(() => undefined),
  } as unknown as Gateway;
  const tell = (event: GatewayEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const turn = followTurn(gateway, { onWaiting: () => undefined, onNotice: () => undefined });
  const ended = turn.ended({ event: 'e2', session }, undefined);
  tell(words('e0', 'to somebody else'));
  tell({ kind: 'turn', session, event: 'e2', state: { step: 'joined', turn: 'e1' } });
  tell({ kind: 'turn', session, event: 'e1', state: { step: 'ended', result: 'replied' } });
  tell(words('e1', 'to both'));
  expect(await ended).toEqual({ result: 'replied', replies: ['to both'] });
});
