import { expect, it } from 'vitest';
import type { LiveRun } from '../../src/domain/live-run.ts';
import { createLiveRuns } from '../../src/sessions/live-runs.ts';
import { until } from '../flows/stage/until.ts';
import { heldClock } from '../store/fresh.ts';

const run = { id: 'e:c', session: 's', event: 'e', words: ['npm', 'test'] };

function setRuns(afterMs: number) {
  const shown: LiveRun[] = [];
  const clock = heldClock();
  const show = async (live: LiveRun): Promise<void> => {
    shown.push(live);
    await new Promise((resolve) => live.over.addEventListener('abort', resolve));
  };
  return { clock, shown, runs: createLiveRuns({ clock, show, afterMs }) };
}

it('a run is shown once it has run for a while, and its end waits for nobody to show it', async () => {
  const { clock, shown, runs } = setRuns(1);
  const watch = runs.watch(run);
  expect(runs.find(run.id)).toBeUndefined();
  clock.pass(60_000);
  watch.began();
  await until('it is shown', () => shown.length === 1);
  clock.pass(4000);
  watch.printed({ text: 'ok 1\n\nok 2\n', line: ' 50%' });
  watch.printed({ text: '', line: ' 70%' });
  const live = runs.find(run.id);
  expect(live?.elapsedMs()).toBe(4000);
  expect(live?.lines()).toEqual(['ok 1', 'ok 2', ' 70%']);
  await watch.ended();
  expect(shown[0]?.over.aborted).toBe(true);
  expect(runs.find(run.id)).toBeUndefined();
});

it('a run that is soon over, or never begins, is not shown', async () => {
  const { shown, runs } = setRuns(60_000);
  const short = runs.watch(run);
  short.began();
  await short.ended();
  await runs.watch({ ...run, id: 'other' }).ended();
  expect(shown).toEqual([]);
});

it('what was printed last is a few lines, whatever came in which pieces', () => {
  const { runs } = setRuns(60_000);
  const watch = runs.watch(run);
  watch.began();
  for (let i = 0; i < 100; i++) watch.printed({ text: `line ${i}\n` });
  watch.printed({ text: 'half a ' });
  watch.printed({ text: `line\u202e${'x'.repeat(500)}` });
  const lines = runs.find(run.id)?.lines() ?? [];
  expect(lines).toHaveLength(8);
  expect(lines.at(-2)).toBe('line 99');
  expect(lines.at(-1)?.length).toBeLessThanOrEqual(200);
  return watch.ended();
});
