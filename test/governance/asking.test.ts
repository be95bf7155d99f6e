import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/action.ts';
import type { Approval } from '../../src/domain/approval.ts';
import type { Conduct } from '../../src/domain/conduct.ts';
import { until } from '../flows/stage/until.ts';
import { intent, setGovernor } from './stage.ts';

const by = { surface: 'terminal', id: 'owner' };
const inTask = (id: string, argv: readonly string[], event = 'event') => ({
  ...intent(id, 'shell.exec', { argv: [...argv] }),
  context: { event },
});
const reason = (outcome: Outcome): string => (outcome.ok ? 'done' : outcome.reason);

/** A stage whose owner answers each question as told, and that remembers how agents behaved. */
async function stageWith(answer?: (approval: Approval) => 'approve' | 'deny' | 'step') {
  const conducts: string[] = [];
  const holder: { stage?: Awaited<ReturnType<typeof setGovernor>> } = {};
  const stage = await setGovernor({
    gates: { conduct: async ({ kind }: Conduct) => void conducts.push(kind) },
    answer: (approval) => {
      const said = answer?.(approval);
      if (said === undefined) return;
      const verdict = said === 'deny' ? 'deny' : 'approve';
      const step = said === 'step';
      holder.stage?.approvals.answer({ ref: approval.id, verdict, by, typed: true, step });
    },
  });
  holder.stage = stage;
  return { ...stage, conducts };
}

describe('asking', () => {
  it('asks only once for what was denied, and counts the second try', async () => {
    const { perform, asked, conducts } = await stageWith(() => 'deny');
    expect(reason(await perform(inTask('1', ['mkdir', 'a'])))).toBe('denied');
    expect(reason(await perform(inTask('2', ['mkdir', 'a'])))).toBe('denied');
    expect(asked).toHaveLength(1);
    expect(conducts).toEqual(['denied', 'repeated']);
  });

  it('asks again in another task, and about something else', async () => {
    const { perform, asked } = await stageWith(() => 'deny');
    await perform(inTask('1', ['mkdir', 'a']));
    await perform(inTask('2', ['mkdir', 'b']));
    await perform(inTask('3', ['mkdir', 'a'], 'another task'));
    expect(asked).toHaveLength(3);
  });

  it('lets three questions of one asker wait, and no more', async () => {
    const { perform, asked, approvals } = await stageWith();
    const waiting = ['1', '2', '3'].map((id) => perform(inTask(id, ['mkdir', id])));
    await until('three wait', () => asked.length === 3);
    expect(await perform(inTask('4', ['mkdir', '4']))).toMatchObject({
      reason: 'limited',
      message: expect.stringContaining('atom approvals list'),
    });
    expect(asked).toHaveLength(3);
    for (const { id } of asked)
      await approvals.answer({ ref: id, verdict: 'deny', by, typed: false });
    expect((await Promise.all(waiting)).map(reason)).toEqual(['denied', 'denied', 'denied']);
  });
});

type Stage = Awaited<ReturnType<typeof stageWith>>;

describe('like requests of one plan', () => {
  const plan = ['a', 'b', 'c'].map((name) => inTask(name, ['mkdir', name]));
  const takeAll = async (perform: Stage['perform']): Promise<readonly string[]> => {
    const outcomes: string[] = [];
    for (const [at, one] of plan.entries())
      outcomes.push(reason(await perform(one, { upcoming: plan.slice(at + 1) })));
    return outcomes;
  };

  it('share one card that names all of them, and one yes', async () => {
    const { perform, asked, world, store } = await stageWith(() => 'approve');
    expect(await takeAll(perform)).toEqual(['done', 'done', 'done']);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.card.others).toEqual([
      ['mkdir', 'b'],
      ['mkdir', 'c'],
    ]);
    expect(world.done).toHaveLength(3);
    expect(await store.all('SELECT DISTINCT state FROM approval')).toEqual([{ state: 'used' }]);
  });

  it('are all denied by one no, without counting as tried again', async () => {
    const { perform, asked, world, conducts } = await stageWith(() => 'deny');
    expect(await takeAll(perform)).toEqual(['denied', 'denied', 'denied']);
    expect(asked).toHaveLength(1);
    expect(world.done).toEqual([]);
    expect(conducts).toEqual(['denied']);
  });

  it('are asked about one by one where the owner wants that', async () => {
    const { perform, asked } = await stageWith(() => 'step');
    expect(await takeAll(perform)).toEqual(['done', 'done', 'done']);
    expect(asked.map(({ card }) => card.others?.length ?? 0)).toEqual([2, 1, 0]);
  });

  it('are not asked about together where one destroys something', async () => {
    const { perform, asked } = await stageWith(() => 'approve');
    await perform(inTask('1', ['mkdir', 'a']), { upcoming: [inTask('2', ['rm', 'a'])] });
    expect(asked[0]?.card.others).toBeUndefined();
    await perform(inTask('3', ['rm', 'x']), { upcoming: [inTask('4', ['rm', 'y'])] });
    expect(asked[1]?.card.others).toBeUndefined();
  });

  it('run only as they were shown: what changed meanwhile is asked about anew', async () => {
    const { perform, asked, world } = await stageWith(() => 'approve');
    await perform(plan[0] as never, { upcoming: plan.slice(1) });
    world.facts += 1;
    expect(reason(await perform(plan[1] as never))).toBe('done');
    expect(asked).toHaveLength(2);
  });
});
