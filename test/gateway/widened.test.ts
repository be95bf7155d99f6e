import { expect, it } from 'vitest';
import { openRecords, recordStop } from '../../src/assembly/record.ts';
import type { Cli } from '../../src/cli/cli.ts';
import { findAgents } from '../../src/cli/doctor/agents.ts';
import type { AgentChange } from '../../src/domain/agent-change.ts';
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
