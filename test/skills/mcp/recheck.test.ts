import { expect, it } from 'vitest';
import type { Connections } from '../../../src/skills/mcp/connections.ts';
import { createRecheck } from '../../../src/skills/mcp/recheck.ts';
import type { McpSession } from '../../../src/skills/mcp/session.ts';
import { heldClock } from '../../store/fresh.ts';

it('a server that says that it changed whenever it is asked is not asked for ever', async () => {
  const clock = heldClock();
  let asked = 0;
  const session = {
    tools: async () => {
      asked += 1;
      if (asked < 100) await recheck('restless');
      return [];
    },
  } as unknown as McpSession;
  const use: Connections['use'] = async (_, work) => ({ value: await work(session) });
  const recheck = createRecheck({
    servers: { server: (name) => ({ name }), hold: async () => undefined },
    connections: { use },
    place: (server) => ({ server, jail: undefined }),
    now: clock.monotonic,
  });
  await recheck('restless');
  expect(asked).toBe(1);
  await recheck('another');
  expect(asked).toBe(2);
  clock.pass(1000);
  await recheck('restless');
  expect(asked).toBe(3);
});
