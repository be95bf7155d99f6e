import { describe, expect, it } from 'vitest';
import { intent, setGovernor } from './stage.ts';

describe('a run that is somebody else’s by now', () => {
  it('does not begin, and the owner’s yes is not spent on it', async () => {
    const by = { surface: 'terminal', id: 'owner' };
    const stage = await setGovernor({
      answer: ({ id }) =>
        void stage.approvals.answer({ ref: id, verdict: 'approve', typed: false, by }),
    });
    const outcome = await stage.perform(intent('1'), { stillMine: async () => false });
    expect(outcome).toMatchObject({ ok: false, reason: 'stopped' });
    expect(stage.world.done).toEqual([]);
    expect(await stage.store.get('SELECT state FROM approval')).toEqual({ state: 'approved' });
    expect(await stage.kinds()).not.toContain('begun');
  });

  it('looks into the very transaction that begins it', async () => {
    const stage = await setGovernor({ maturity: 'autonomous' });
    const seen: unknown[] = [];
    await stage.perform(intent('1'), {
      stillMine: async (sql) => {
        seen.push(await sql.get('SELECT count(*) AS n FROM run'));
        return true;
      },
    });
    expect([seen, stage.world.done.length]).toEqual([[{ n: 0 }], 1]);
  });

  it('stopped, does not stop the one who asks for the same meanwhile', async () => {
    const stage = await setGovernor({ maturity: 'intern' });
    const stop = new AbortController();
    const first = stage.perform(intent('1'), { signal: stop.signal });
    const second = stage.perform(intent('1'));
    stage.bus.on('approval.asked', ({ id }) => {
      const by = { surface: 'terminal', id: 'owner' };
      if (stop.signal.aborted)
        void stage.approvals.answer({ ref: id, verdict: 'approve', typed: false, by });
      else stop.abort();
    });
    expect(await first).toMatchObject({ ok: false, reason: 'stopped' });
    expect((await second).ok).toBe(true);
    expect(stage.world.done).toHaveLength(1);
  });
});
