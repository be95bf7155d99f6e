import type { Json } from '../../../src/base/json.ts';
import type { Sql, Store } from '../../../src/domain/store.ts';
import { createAudit } from '../../../src/governance/audit/append.ts';
import { growTree } from '../../../src/governance/audit/tree.ts';
import { ensureAgent } from '../../../src/store/tables/agents.ts';
import { ensureSession } from '../../../src/store/tables/sessions.ts';
import { chanceFrom } from '../../flows/stage/chance.ts';
import type { HeldClock } from '../../store/fresh.ts';

export const SONNET = 'anthropic/claude-sonnet-5';

const PLACES = [
  ['telegram:dm:42', 'telegram', '42'],
  ['device:dm:d2', 'device', 'd2'],
  ['terminal:self:main', 'terminal', 'self'],
  ['telegram:group:-9', 'telegram', '-9'],
] as const;
const ACTIONS = ['llm.complete', 'shell.exec', 'message.reply', 'feed.post'];

/** A record of two users, a group and the owner, in which one after the other does something. */
export async function past(
  store: Store,
  clock: HeldClock,
  steps: number,
  { most = 3_600_000 }: { readonly most?: number } = {},
): Promise<void> {
  const chance = chanceFrom(7);
  const audit = createAudit(clock);
  const of = <T>(all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T;
  await growTree(store);
  await ensureAgent(store, { id: 'a1', name: 'mia', maturity: 'intern', createdAt: 1 });
  for (const [key, channel, peer] of PLACES) {
    const home = { channel, account: 'main', peer };
    await ensureSession(store, { id: `s-${key}`, key, agent: 'a1', startedAt: 1, home });
  }
  /** Answers that come after the next thing has begun. */
  const late: Record<string, Json>[] = [];
  const answered = async (sql: Sql, run: string): Promise<unknown> => {
    const tokens = { input: Math.floor(chance() * 9000), output: Math.floor(chance() * 900) };
    const end = { run, model: of([SONNET, 'local/llama']), tokens };
    const luck = chance();
    if (luck < 0.1) return audit(sql, 'failed', { run, reason: 'failed' });
    return luck < 0.4 ? late.push(end) : audit(sql, 'done', end);
  };
  const step = async (sql: Sql, run: string): Promise<void> => {
    clock.pass(Math.floor(chance() * most));
    const [action, isOwner] = [of(ACTIONS), chance() < 0.05];
    await audit(sql, 'begun', {
      run,
      action,
      approval: chance() < 0.2 ? 'q' : null,
      words: ['secret words'],
      principal: isOwner ? { kind: 'owner', id: 'owner' } : { kind: 'agent', id: of(['a1', 'a2']) },
      context: isOwner ? null : { session: `s-${of(PLACES)[0]}`, event: 'gone' },
    });
    clock.pass(1500);
    for (const end of late.splice(0)) await audit(sql, 'done', end);
    if (action === 'llm.complete') await answered(sql, run);
    else await audit(sql, 'done', { run, exit: 0 });
  };
  for (let i = 0; i < steps; i += 5000)
    await store.tx(async (sql) => {
      for (let at = i; at < Math.min(steps, i + 5000); at++) await step(sql, `r${at}`);
    });
}
