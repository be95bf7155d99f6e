import { expect, it } from 'vitest';
import { createTelling } from '../../src/assembly/telling.ts';
import { createUsers } from '../../src/assembly/users.ts';
import { createLog } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import { checkConfig } from '../../src/config/check.ts';
import type { Agent } from '../../src/domain/agent.ts';
import { freshStore, heldClock } from '../store/fresh.ts';

it('how a job of a private agent ended is told to nobody', async () => {
  const { store } = await freshStore();
  const bus = createBus();
  const ended: string[] = [];
  bus.on('job.ended', ({ agent, result }) => ended.push(`${agent} ${result}`));
  const checked = checkConfig({ version: 1 });
  const config = checked.ok ? checked.config : expect.unreachable('an empty file is fine');
  const telling = createTelling(
    { config, clock: heldClock(), log: createLog(() => undefined) } as never,
    {
      records: { store, bus, users: createUsers({ users: [], waiting: [] }) },
      jails: { list: () => [] },
      channels: {} as never,
    },
  );
  const home = { channel: 'terminal', account: 'self', peer: 'main' };
  const input = {
    event: { id: 'e1', from: home, via: { surface: 'job' }, sender: { id: 'j1' } },
    session: { id: 's1', home, hushed: false },
  } as never;
  for (const [name, own] of Object.entries({ diary: true, writer: false }))
    telling
      .turn({ name, private: own } as unknown as Agent, input)
      .state({ step: 'ended', result: 'replied' });
  expect(ended).toEqual(['writer replied']);
  await telling.close();
});
