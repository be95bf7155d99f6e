import { expect, it } from 'vitest';
import type { Maturity } from '../../src/domain/agent.ts';
import { moveAgent } from '../../src/governance/conduct/maturity.ts';
import { maturitiesOnRecord, widenedAgents } from '../../src/governance/conduct/on-record.ts';
import { addAgent } from '../../src/governance/conduct/roster.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { setConduct } from './conduct-stage.ts';

/** The stage's `writer` is no entry's: of it the record has no word. */
async function setRecord() {
  const { deps, store } = await setConduct('student');
  const set = (id: string, maturity: Maturity) =>
    store.run('UPDATE agent SET maturity = $1 WHERE id = $2', maturity, id);
  return {
    deps,
    store,
    set,
    widened: async () =>
      (await widenedAgents(store)).map(({ agent, from, to }) => `${agent}: ${from} > ${to}`),
    anchor: async (kind: 'gateway.started' | 'gateway.stopped') => {
      const maturities = Object.fromEntries(await maturitiesOnRecord(store));
      await store.tx((sql) => deps.audit(sql, kind, { boot: 'b', maturities }));
    },
  };
}

it('an agent is as mature as the record says last of it, and one it has no word of is as it is made', async () => {
  const { deps, store, set, widened } = await setRecord();
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  await addAgent(deps, { name: 'pupil', maturity: 'intern' });
  expect(await widened()).toEqual([]);
  const move = { agent: 'pupil', why: '', by: 'owner' } as const;
  await moveAgent(deps, { ...move, from: 'intern', to: 'autonomous' });
  expect(await widened()).toEqual([]);
  await moveAgent(deps, { ...move, from: 'autonomous', to: 'supervised' });
  for (const id of ['atom', 'pupil', 'writer']) await set(id, 'autonomous');
  expect((await widened()).toSorted()).toEqual([
    'atom: autonomous > intern',
    'pupil: autonomous > supervised',
    'writer: autonomous > student',
  ]);
  await set('pupil', 'student');
  expect(await widened()).not.toContain('pupil');
});

it('what a gateway wrote down holds from there on, and never what the database said past the record', async () => {
  const { deps, store, set, widened, anchor } = await setRecord();
  await addAgent(deps, { name: 'pupil', maturity: 'intern' });
  const move = { agent: 'pupil', why: '', by: 'owner' } as const;
  await moveAgent(deps, { ...move, from: 'intern', to: 'supervised' });
  await set('writer', 'autonomous');
  await anchor('gateway.started');
  await store.run("DELETE FROM audit WHERE kind LIKE 'agent.%'");
  expect(await widened()).toEqual(['writer: autonomous > student']);
  await moveAgent(deps, { ...move, from: 'supervised', to: 'intern' });
  await anchor('gateway.stopped');
  await set('pupil', 'supervised');
  await ensureAgent(store, { id: 'constructor', name: 'x', maturity: 'autonomous' });
  expect((await widened()).toSorted()).toEqual([
    'constructor: autonomous > student',
    'pupil: supervised > intern',
    'writer: autonomous > student',
  ]);
});

it('an entry that is damaged says nothing, and is passed over', async () => {
  const { deps, store, set, widened } = await setRecord();
  await addAgent(deps, { name: 'pupil', maturity: 'student' });
  const move = { agent: 'pupil', why: '', by: 'owner' } as const;
  await moveAgent(deps, { ...move, from: 'student', to: 'intern' });
  await store.run("UPDATE audit SET body = '{' WHERE kind = 'agent.promoted'");
  expect(await widened()).toEqual(['pupil: intern > student']);
  await set('pupil', 'student');
  expect(await widened()).toEqual([]);
});
