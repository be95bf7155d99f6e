import { createLog } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import type { ActionRequest } from '../../src/domain/action.ts';
import type { Maturity } from '../../src/domain/agent.ts';
import type { AgentChange } from '../../src/domain/agent-change.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { createConduct } from '../../src/governance/conduct/conduct.ts';
import { agentById, ensureAgent } from '../../src/store/tables/agents.ts';
import { newestEntries } from '../../src/store/tables/audit.ts';
import { freshStore, heldClock } from '../store/fresh.ts';

/** One agent, `writer`, on a real store, and everything that is told about it. */
export async function setConduct(maturity: Maturity = 'supervised') {
  const { store } = await freshStore();
  const clock = heldClock();
  const bus = createBus();
  const changes: AgentChange[] = [];
  const lines: string[] = [];
  bus.on('agent.changed', (change) => changes.push(change));
  await ensureAgent(store, { id: 'writer', name: 'writer', maturity, createdAt: clock.now() });
  const log = createLog(({ text }) => lines.push(text));
  const deps = { store, clock, bus, log, audit: createAudit(clock) };
  return {
    deps,
    store,
    clock,
    changes,
    lines,
    tell: createConduct(deps),
    maturity: async () => (await agentById(store, 'writer'))?.maturity,
    kinds: async () =>
      (await newestEntries(store, { limit: 100 })).map(({ kind }) => kind).toReversed(),
  };
}

export const request = (id: string, more: Partial<ActionRequest> = {}): ActionRequest => ({
  id,
  action: 'file.write',
  resource: { path: 'a', content: 'x' },
  context: { session: 's1', event: 'task' },
  principal: { kind: 'agent', id: 'writer' },
  labels: cleanLabels,
  ...more,
});
