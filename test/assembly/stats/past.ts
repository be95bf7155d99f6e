import type { Json } from '../../../src/base/json.ts';
import type { Sql, Store } from '../../../src/domain/store.ts';
import { createAudit } from '../../../src/governance/audit/append.ts';
import { growTree } from '../../../src/governance/audit/tree.ts';
import { chanceFrom } from '../../flows/stage/chance.ts';
import type { HeldClock } from '../../store/fresh.ts';

const ACTIONS = ['shell.exec', 'file.write', 'skill.call', 'llm.complete', 'message.reply'];

/** Writes down what an agent might have done: so many steps, each some minutes after the one before. */
export async function writePast(
  store: Store,
  {
    clock,
    steps,
    seed,
  }: { readonly clock: HeldClock; readonly steps: number; readonly seed: number },
): Promise<void> {
  const chance = chanceFrom(seed);
  const audit = createAudit(clock);
  const of = <T>(all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T;
  await growTree(store);
  const ask = async (sql: Sql, id: string): Promise<boolean> => {
    await audit(sql, 'approval.asked', { id, code: 'k7p2', words: ['x'] });
    clock.pass(1000 + Math.floor(chance() * 60_000));
    const end = of(['approved', 'approved', 'denied', 'expired', 'void']);
    const by = end === 'approved' || end === 'denied' ? { surface: 'terminal', id: 'o' } : null;
    await audit(sql, `approval.${end}`, { id, digest: 'd', by });
    return end === 'approved';
  };
  const step = async (sql: Sql, i: number): Promise<void> => {
    clock.pass(Math.floor(chance() * 600_000));
    const action = of(ACTIONS);
    const run = `run${i}`;
    const asked = chance() < 0.2;
    if (asked && !(await ask(sql, `q${i}`)))
      return audit(sql, 'refused', { action, reason: of(['denied', 'policy']), message: 'no' });
    await audit(sql, 'begun', {
      run,
      action,
      complexity: 1 + Math.floor(chance() * 4),
      digest: 'd',
      principal: { kind: chance() < 0.9 ? 'agent' : 'owner', id: 'atom' },
      approval: asked ? `q${i}` : null,
      standing: !asked && chance() < 0.2 ? 's1' : null,
      words: action === 'skill.call' ? [`Use the skill ${of(['ls', 'web'])} 1.0.0`, '{}'] : ['x'],
    });
    await audit(sql, 'done', {
      run,
      ...(action === 'llm.complete' ? answer(chance) : { exit: 0 }),
    });
  };
  for (let i = 0; i < steps; i += 500)
    await store.tx(async (sql) => {
      for (let at = i; at < Math.min(steps, i + 500); at++) await step(sql, at);
    });
}

const answer = (chance: () => number): Record<string, Json> => ({
  model: chance() < 0.5 ? 'anthropic/claude-sonnet-5' : 'local/llama',
  tokens: { input: Math.floor(chance() * 9000), output: Math.floor(chance() * 900) },
});
