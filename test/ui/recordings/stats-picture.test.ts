import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createStyle } from '../../../src/cli/out/style.ts';
import { drawStats } from '../../../src/cli/stats/draw.ts';
import type { Stats } from '../../../src/domain/stats.ts';
import { svgOf } from './svg.ts';

const FILE = join(import.meta.dirname, '..', '..', '..', 'docs', 'pictures', 'stats.svg');
const local = (day: number): number => new Date(2026, 10, day, 10).getTime();
const use = {
  model: 'anthropic/claude-sonnet-4-5',
  calls: 31,
  input: 120_400,
  output: 9100,
  cached: 90_000,
  reasoning: 0,
  money: 0.49,
};
const ACTIONS = [12, 30, 21, 64, 80, 18, 9];

const sum = ACTIONS.reduce((all, one) => all + one, 0);
/** What a day's share is of the model's use. */
const part = (actions: number): typeof use => {
  const share = actions / sum;
  const [input, output] = [use.input, use.output].map((count) => Math.round(count * share));
  return { ...use, calls: 1, input: input ?? 0, output: output ?? 0, money: use.money * share };
};

/** A week of somebody's, made up. */
const week: Stats = {
  since: local(20),
  until: local(27),
  messages: [
    { channel: 'telegram', in: 34, out: 31, failed: 0, uncertain: 0, expired: 0 },
    { channel: 'terminal', in: 5, out: 5, failed: 0, uncertain: 0, expired: 0 },
  ],
  replies: { count: 36, p50Ms: 1234, p95Ms: 8400 },
  approvals: {
    asked: 11,
    approved: 7,
    denied: 2,
    expired: 2,
    void: 0,
    decided: { count: 9, p50Ms: 14_000, p95Ms: 60_000 },
    standing: 3,
    byRule: 240,
  },
  commands: [120, 0, 30, 1],
  refusals: [{ name: 'policy', count: 4 }],
  models: [use],
  agents: [{ agent: 'atom', ...use }],
  skills: [
    { name: 'workspace', count: 9 },
    { name: 'notes', count: 4 },
  ],
  days: ACTIONS.map((actions, at) => ({
    day: `2026-11-${21 + at}`,
    messages: Math.ceil(actions / 6),
    actions,
    models: [part(actions)],
  })),
  currency: 'USD',
};

// Where it differs on purpose: npx vitest run -u, and look at what became of it.
it('the picture of atom stats, on a light ground, is what is drawn', async () => {
  const style = createStyle({ colors: 'light', plain: false });
  const lines = drawStats(week, { style, plain: false });
  await expect(
    svgOf(lines.join('\n'), 'atom stats, in the light theme', 'light'),
  ).toMatchFileSnapshot(FILE);
});
