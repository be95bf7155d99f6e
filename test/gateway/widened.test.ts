import { expect, it } from 'vitest';
import { openRecords, recordStop } from '../../src/assembly/record.ts';
import type { Cli } from '../../src/cli/cli.ts';
import { findAgents } from '../../src/cli/doctor/agents.ts';
import { findStanding } from '../../src/cli/doctor/standing.ts';
import type { AgentChange } from '../../src/domain/agent-change.ts';
import { createStanding } from '../../src/governance/standing/standing.ts';
import { agentById } from '../../src/store/tables/agents.ts';
import { newestEntries } from '../../src/store/tables/audit.ts';
import { openKernel } from './memory-stage.ts';

it('a maturity that was written past the record is told by the doctor, and taken back at the next start', async () => {
  const { atom, profile } = await openKernel();
  await atom.agents.add({ name: 'pupil', maturity: 'intern' });
  await recordStop(atom.records);
  const doctor = () => findAgents({ paths: profile.paths } as Cli);
  expect(await doctor()).toEqual([]);
  profile.change("UPDATE agent SET maturity = 'autonomous' WHERE id = 'pupil'");
  expect(await doctor()).toMatchObject([
    { name: 'agents', state: 'bad', words: expect.stringContaining('knows it as intern only') },
  ]);
  const again = await openRecords(atom.options);
  const changes: AgentChange[] = [];
  again.bus.on('agent.changed', (change) => changes.push(change));
  again.announce();
  expect(changes).toMatchObject([
    { agent: 'pupil', kind: 'demoted', from: 'autonomous', to: 'intern', by: 'atom' },
  ]);
  expect((await agentById(again.store, 'pupil'))?.maturity).toBe('intern');
  const [entry] = await newestEntries(again.store, { limit: 1, kind: 'agent.demoted' });
  expect(entry?.body).toMatchObject({ agent: 'pupil', to: 'intern' });
  await again.store.close();
  expect(await doctor()).toEqual([]);
});

it('a standing approval that was written past the record is told by the doctor, and taken out at the next start', async () => {
  const { atom, profile } = await openKernel();
  const { clock } = atom.options;
  const { id } = await createStanding({ ...atom.records, clock }).give(
    {
      agent: 'atom',
      action: 'shell.exec',
      jail: 'work',
      access: 'work (read-write, no network)',
      folder: '/work',
      sender: 'telegram/42',
      program: '/usr/bin/touch',
      words: ['touch', 'a'],
      extent: 'exact',
    },
    { lifetimeMs: 3_600_000, by: 'terminal/owner' },
  );
  await recordStop(atom.records);
  const doctor = () => findStanding({ paths: profile.paths });
  expect(await doctor()).toEqual([]);
  profile.change(`UPDATE standing SET extent = 'prefix' WHERE id = '${id}'`);
  expect(await doctor()).toMatchObject([
    { name: 'standing', state: 'bad', words: expect.stringContaining(id) },
  ]);
  const again = await openRecords(atom.options);
  const told: string[] = [];
  again.bus.on('standing.lost', (text) => told.push(text));
  again.announce();
  expect(told).toEqual([expect.stringContaining(id)]);
  expect(await createStanding({ ...again, clock }).list()).toEqual([]);
  const [entry] = await newestEntries(again.store, { limit: 1, kind: 'standing.revoked' });
  expect(entry?.body).toMatchObject({ id });
  await again.store.close();
  expect(await doctor()).toEqual([]);
});
