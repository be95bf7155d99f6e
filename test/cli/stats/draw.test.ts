import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../../../src/cli/out/style.ts';
import { drawStats } from '../../../src/cli/stats/draw.ts';
import { drawLive } from '../../../src/cli/stats/draw-live.ts';
import type { LiveStats } from '../../../src/domain/live-stats.ts';
import type { Stats } from '../../../src/domain/stats.ts';

const drawing = (plain: boolean) => ({ plain, style: createStyle({ colors: 'none', plain }) });

const local = (day: number, hour: number): number => new Date(2026, 1, day, hour).getTime();
const sonnet = { model: 'anthropic/claude-sonnet-5-with-a-name', calls: 31, input: 120_400 };
const use = { ...sonnet, output: 9100, cached: 0, reasoning: 0, money: 0.4912 };
const part = { ...use, calls: 30, cached: 90_000, reasoning: 800, money: 0.4012 };
const rest = { ...use, calls: 1, input: 400, output: 20, money: 0.09 };

const stats: Stats = {
  since: local(1, 10),
  until: local(3, 10),
  messages: [
    { channel: 'telegram', in: 34, out: 31, failed: 1, uncertain: 2, expired: 1 },
    { channel: 'terminal', in: 5, out: 5, failed: 0, uncertain: 0, expired: 0 },
  ],
  replies: { count: 36, p50Ms: 1234, p95Ms: 95_000 },
  approvals: {
    asked: 12,
    approved: 7,
    denied: 2,
    expired: 2,
    void: 1,
    decided: { count: 9, p50Ms: 14_000, p95Ms: 60_000 },
    standing: 3,
    byRule: 240,
  },
  commands: [120, 0, 30, 1],
  refusals: [{ name: 'policy', count: 4 }],
  models: [use],
  agents: [
    { agent: 'atom', ...part },
    { agent: 'bookkeeper-with-a-long-name', ...rest },
  ],
  skills: [{ name: 'workspace', count: 9 }],
  days: [
    { day: '2026-02-01', messages: 3, actions: 10, models: [] },
    { day: '2026-02-02', messages: 30, actions: 200, models: [use] },
    { day: '2026-02-03', messages: 6, actions: 41, models: [] },
  ],
  currency: 'USD',
};

const live: LiveStats = {
  startedAt: local(3, 8),
  channels: [
    {
      channel: 'telegram',
      attempts: 4,
      reconnects: 2,
      received: 12,
      outcomes: { sent: 10, failed: 1, retried: 2, uncertain: 1, expired: 0 },
      reply: { count: 10, sumMs: 9000, p50Ms: 812.5, p95Ms: 4000, p99Ms: 9000 },
      send: { count: 14, sumMs: 700, p50Ms: 42, p95Ms: 81, p99Ms: 90 },
    },
  ],
  clients: [
    {
      client: 'bridge',
      opened: 5,
      closed: 4,
      refused: 1,
      resumed: 3,
      answered: 9,
      failed: 0,
      request: { count: 9, sumMs: 9, p50Ms: 1, p95Ms: 1, p99Ms: 1 },
    },
  ],
  hooks: [
    {
      channel: 'slack',
      outcomes: { taken: 12, refused: 3, failed: 1 },
      answer: { count: 16, sumMs: 32, p50Ms: 2, p95Ms: 4, p99Ms: 5 },
    },
  ],
  trips: [{ circuit: 'model:anthropic', count: 2 }],
};

describe('atom stats', () => {
  it('draws within 40 columns', () => {
    const lines = [
      ...drawStats(stats, drawing(false)),
      ...drawLive(live, drawing(false), local(3, 10)),
    ];
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      2026-02-01 10:00 to 2026-02-03 10:00
      messages   39 in, 36 out, 2 lost, 2 ?
      a day      ▁█▂
        telegram 34 in, 31 out
        terminal 5 in, 5 out
      replies    p50 1.2 s, p95 1.6 min
      asked      12
      answered   7 yes, 2 no, 2 expired,
                 1 stopped
      decided    in 14.0 s (median)
      unasked    240 by rule, 3 standing
      actions    251
      a day      ▁█▂
      commands   151
        looks                 120 ████████████
        says                    0
        changes                30 ███
        destroys                1 ▌
      refused    4
        policy                  4 ████████████
      models     0.49 USD
      a day      ·█·
        2026-02-01           0.00
        2026-02-02           0.49 ████████████
        2026-02-03           0.00
      tokens     129k
      a day      ·█·
        anthropic/claude-sonnet-5-with-a-name
          31 calls, 120k in, 9100 out, 0.49
      agents     2
        atom                 0.40 ████████████
        bookkeeper-with-a-l… 0.09 ██▌
        atom
          30 calls, 120k in, 9100 out, 0.40
          of it 90k cached, 800 thought
        bookkeeper-with-a-long-name
          1 calls, 400 in, 20 out, 0.09
      skills     9
        workspace               9 ████████████
      Since the start at 08:00 (2 h)
      telegram   12 in, 10 sent, 1 lost,
                 3 again
        tries    4, worked again 2
        answer   p50 813 ms, p95 4.0 s
        send     p50 42 ms, p95 81 ms
      webhooks   slack, 12 taken, 3 refused,
                 1 failed
        answer   p50 2 ms, p95 4 ms
      bridge     1 now, 5 in all, 3 resumed,
                 1 refused
      left alone model:anthropic, 2 times
      "
    `);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);
  });

  it('draws numbers only with --plain', () => {
    const lines = drawStats(stats, drawing(true));
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      2026-02-01 10:00 to 2026-02-03 10:00
      messages   39 in, 36 out, 2 lost, 2 ?
        telegram 34 in, 31 out
        terminal 5 in, 5 out
      replies    p50 1.2 s, p95 1.6 min
      asked      12
      answered   7 yes, 2 no, 2 expired,
                 1 stopped
      decided    in 14.0 s (median)
      unasked    240 by rule, 3 standing
      actions    251
      commands   151
        looks                 120
        says                    0
        changes                30
        destroys                1
      refused    4
        policy                  4
      models     0.49 USD
        2026-02-01           0.00
        2026-02-02           0.49
        2026-02-03           0.00
      tokens     129500
        anthropic/claude-sonnet-5-with-a-name
          31 calls, 120400 in, 9100 out, 0.49
      agents     2
        atom                 0.40
        bookkeeper-with-a-l… 0.09
        atom
          30 calls, 120400 in, 9100 out, 0.40
          of it 90000 cached, 800 thought
        bookkeeper-with-a-long-name
          1 calls, 400 in, 20 out, 0.09
      skills     9
        workspace               9
      "
    `);
    expect(lines.join('')).not.toMatch(/[▁-█·▌#]/);
  });

  it('says of nothing that it is nothing', () => {
    const nothing = { asked: 0, approved: 0, denied: 0, expired: 0, void: 0, standing: 0 };
    const lines = drawStats(
      {
        ...stats,
        messages: [],
        replies: { count: 0 },
        refusals: [],
        models: [],
        agents: [],
        skills: [],
        approvals: { ...nothing, byRule: 0, decided: { count: 0 } },
        commands: [0, 0, 0, 0],
        days: [],
      },
      drawing(false),
    );
    expect(lines).toContain('replies    none');
    expect(lines).toContain('models     none');
  });

  it('draws no escape sequence of a name', () => {
    const bad = { ...stats, skills: [{ name: 'a\u001b[31mb', count: 1 }] };
    expect(drawStats(bad, drawing(false)).join('\n')).not.toContain('\u001b');
  });
});
