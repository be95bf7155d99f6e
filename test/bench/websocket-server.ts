// The gateway's port with nothing behind it, and a bare echo of `ws` beside it, for websocket.ts.

import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { createUsers } from '../../src/assembly/users.ts';
import { systemClock } from '../../src/base/clock.ts';
import { newIdentity } from '../../src/base/ed25519.ts';
import { createLog } from '../../src/base/log.ts';
import { gatewaySchema } from '../../src/config/gateway-schema.ts';
import { createHub } from '../../src/gateway/hub.ts';
import { createKernel, type Methods } from '../../src/gateway/kernel.ts';
import { knownBy } from '../../src/gateway/known-caller.ts';
import { openNetwork } from '../../src/gateway/network/network.ts';
import { createRepeats } from '../../src/gateway/repeats.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';

const [, , token = ''] = process.argv;
const own = newIdentity();
const hub = createHub();
const log = createLog(() => undefined);
const kernel = createKernel(
  {
    connect: async () => ({ protocol: 1, boot: hub.boot, seq: hub.seq(), gap: false }),
    'chat.stop': async () => ({ stopped: true }),
  } as unknown as Methods,
  knownBy(createUsers({ users: [], waiting: [] })),
);
const network = openNetwork({
  endpoint: gatewaySchema.parse({ port: 0 }),
  connection: {
    kernel,
    hub,
    log,
    repeats: createRepeats(systemClock),
    metrics: createMetrics(systemClock),
  },
  routes: new Map(),
  clock: systemClock,
  log,
  onBurst: () => undefined,
  alert: () => undefined,
  credentials: {
    needed: async () => true,
    onNeeded: () => () => undefined,
    onRevoked: () => () => undefined,
    identity: async () => own,
    seen: () => undefined,
    open: async (auth, greeting) =>
      auth.kind === 'token' && auth.token === token
        ? {
            kind: 'caller',
            caller: { surface: 'program', id: 'p1', name: 'bench', scopes: ['read', 'chat'] },
            handshake: { ...greeting, client: '' },
          }
        : { kind: 'refused', message: 'no' },
  },
});
const status = await network.settle();
const echo = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
echo.on('connection', (ws) => ws.on('message', (data) => ws.send(String(data))));
await new Promise((resolve) => echo.once('listening', resolve));
const gateway = status.state === 'listening' ? status.url : '';
const bare = `ws://127.0.0.1:${(echo.address() as AddressInfo).port}`;
process.stdout.write(`${JSON.stringify({ gateway, bare })}\n`);
process.stdin.resume().on('end', () => process.exit(0));
