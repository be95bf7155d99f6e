import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { connect } from '../../../src/channels/discord/connection.ts';
import { openPlace } from '../../../src/channels/discord/place.ts';
import { freshStore } from '../../store/fresh.ts';

/** The library, as far as it decides when to connect: it asks for the session, and is closed at once. */
class Restless extends EventEmitter {
  static options: { retrieveSessionInfo(shard: number): Promise<unknown> };
  destroyed = false;
  constructor(options: typeof Restless.options) {
    super();
    Restless.options = options;
  }
  async connect() {}
  async destroy() {
    this.destroyed = true;
  }
}

test('it is let try again at once five times, then later each time, and at once after it has held', async () => {
  const { store } = await freshStore();
  const place = await openPlace({ store, account: '1', intents: 1, isGateway: () => true });
  const made: Restless[] = [];
  const waits: number[] = [];
  const limits = {
    session_start_limit: { remaining: 9, reset_after: 0 },
    url: 'ws://a/',
    shards: 1,
  };
  const connection = await connect({
    token: 'a',
    intents: 1,
    place,
    isGateway: () => true,
    access: {
      api: { gateway: { getBot: async () => limits } },
      libraries: {
        ws: {
          WebSocketManager: class extends Restless {
            constructor(options: typeof Restless.options) {
              super(options);
              made.push(this);
            }
          },
        },
      },
    } as never,
    wait: async (ms) => void waits.push(ms),
    tell: {
      attempt: () => undefined,
      began: () => undefined,
      resumed: () => undefined,
      dispatch: () => undefined,
      alive: () => undefined,
      closed: () => undefined,
    },
  });
  const [manager] = made;
  const tries = async (count: number) => {
    for (let at = 0; at < count; at += 1) {
      manager?.emit('closed', 1006);
      await Restless.options.retrieveSessionInfo(0);
    }
    return waits.splice(0);
  };
  expect(await tries(5)).toEqual([]);
  const later = await tries(8);
  expect(later).toHaveLength(8);
  expect(later[0]).toBeGreaterThanOrEqual(1000);
  expect(later[0]).toBeLessThanOrEqual(2000);
  expect(later[7]).toBeGreaterThanOrEqual(30_000);
  expect(Math.max(...later)).toBeLessThanOrEqual(60_000);
  // A session that begins and ends at once is no rest: only a heartbeat is.
  manager?.emit('hello');
  manager?.emit('ready', { guilds: [] });
  expect(await tries(1)).toHaveLength(1);
  manager?.emit('hello');
  manager?.emit('heartbeat');
  expect(await tries(5)).toEqual([]);
  await connection.close();
  expect(manager?.destroyed).toBe(true);
  // It would come back by itself half a second later: it is held for ever.
  manager?.emit('closed', 1006);
  const held = Promise.race([Restless.options.retrieveSessionInfo(0), Promise.resolve('held')]);
  expect(await held).toBe('held');
});
