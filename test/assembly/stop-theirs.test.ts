import { expect, it } from 'vitest';
import { createStopTheirs } from '../../src/assembly/stop-theirs.ts';
import { createUsers } from '../../src/assembly/users.ts';
import { createBus } from '../../src/bus/bus.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import type { User } from '../../src/domain/user.ts';
import { createRunning } from '../../src/sessions/running.ts';
import { insertErrand } from '../../src/store/tables/errands.ts';
import { spoolEvent } from '../../src/store/tables/spool.ts';
import { freshStore, heldClock } from '../store/fresh.ts';

const erik: User = {
  name: 'erik',
  role: 'member',
  agents: ['writer'],
  jails: ['erik'],
  feed: 'own',
  senders: ['telegram:7', 'device:d7'],
} as User;

/** Turns of Erik's, of somebody else's and of the owner's are under way. */
async function setTurns() {
  const { store } = await freshStore();
  const [bus, clock, running] = [createBus(), heldClock(), createRunning()];
  const told: string[] = [];
  bus.on('panic.asked', ({ who, stopped }) => told.push(`${who}: ${stopped}`));
  const said = (id: string, by: string, more: Partial<InboundEvent> = {}): InboundEvent => ({
    id,
    externalId: id,
    from: { channel: 'telegram', account: '1', peer: by },
    sender: { id: by },
    kind: 'message',
    text: '/panic',
    media: [],
    isGroup: false,
    mentionsMe: true,
    at: 1,
    ...more,
  });
  const turns = new Map<string, AbortSignal>();
  const turn = async (key: string, event: InboundEvent) => {
    await spoolEvent(store, event, key);
    turns.set(key, running.begin({ key, event: event.id }, new AbortController().signal).signal);
  };
  await turn('telegram:dm:7', said('e1', '7'));
  const device = { channel: 'device', account: 'main', peer: 'd7' };
  const via = { surface: 'device', owner: false } as const;
  await turn('device:dm:d7', said('e2', 'd7', { via, from: device }));
  await turn('telegram:group:-9', said('e3', '42', { isGroup: true }));
  await turn('telegram:dm:8', said('e4', '8'));
  await turn('agent:e5', said('e5', 'atom', { via: { surface: 'agent', owner: false } }));
  await insertErrand(store, {
    event: 'e5',
    cause: 'c',
    kind: 'ask',
    asker: 'writer',
    asked: 'helper',
    root: 'e1',
    chain: [],
    at: 1,
  });
  const users = createUsers({ users: [erik], waiting: [] });
  const stop = createStopTheirs({ store, bus, clock, users, running });
  return {
    store,
    said,
    turn,
    told,
    clock,
    panic: (by: string, session: string, more: Partial<InboundEvent> = {}) =>
      stop({ event: said('p', by, more), session, role: 'member' }),
    stopped: () => [...turns].filter(([, { aborted }]) => aborted).map(([key]) => key),
  };
}

it('a panic of a user stops all that they began, wherever, and nothing of anybody else', async () => {
  const { panic, stopped, told } = await setTurns();
  expect(await panic('7', 'telegram:dm:7', { sender: { id: '7', name: 'Erik' } })).toBe(
    'Stopped all of yours that was running. Only an owner of mine can stop everything, and is told of this.',
  );
  expect(stopped()).toEqual(['telegram:dm:7', 'device:dm:d7', 'agent:e5']);
  expect(told).toEqual(['telegram 7 (calls itself “Erik”): 3']);
});

it('a panic in a group stops no turn of somebody else there', async () => {
  const { panic, stopped } = await setTurns();
  const group = { isGroup: true };
  expect(await panic('9', 'telegram:group:-9', group)).toContain('Nothing of yours was running.');
  expect(stopped()).toEqual([]);
  await panic('8', 'telegram:group:-9', group);
  expect(stopped()).toEqual(['telegram:dm:8']);
});

it('a turn that ended meanwhile takes no later one of somebody else along', async () => {
  const { panic, stopped, turn, said } = await setTurns();
  const asked = panic('8', 'telegram:group:-9', { isGroup: true });
  // While it is looked up whose the turns are.
  const next = turn('telegram:dm:8', said('e9', '42'));
  await Promise.all([asked, next]);
  expect(stopped()).toEqual([]);
});

it('one of which nobody can tell whose it is keeps no other from being stopped', async () => {
  const { panic, stopped, store } = await setTurns();
  await store.run("UPDATE spool SET body = 'broken' WHERE id = 'e2'");
  expect(await panic('7', 'telegram:dm:7')).toContain('say it again');
  expect(stopped()).toEqual(['telegram:dm:7', 'agent:e5']);
});

it('the owner is told once in an hour, however often it is said', async () => {
  const { panic, told, clock } = await setTurns();
  for (let n = 0; n < 3; n++) await panic('7', 'telegram:dm:7');
  expect(told).toHaveLength(1);
  clock.pass(3_600_001);
  await panic('7', 'telegram:dm:7');
  expect(told).toHaveLength(2);
});
