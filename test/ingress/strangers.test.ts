import { describe, expect, it } from 'vitest';
import { createLog, type LogLine } from '../../src/base/log.ts';
import type { Intent } from '../../src/domain/action.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import { createStrangers, type Knocked } from '../../src/ingress/strangers.ts';
import { heldClock } from '../store/fresh.ts';

const from = (id: string, name?: string): InboundEvent => ({
  id: 'e',
  externalId: 'x',
  from: { channel: 'telegram', account: '1', peer: id },
  sender: name === undefined ? { id } : { id, name },
  kind: 'message',
  text: 'let me in',
  media: [],
  isGroup: false,
  mentionsMe: false,
  at: 1,
});

function setGate() {
  const clock = heldClock();
  const lines: LogLine[] = [];
  const alerts: Intent[] = [];
  const onStranger = createStrangers({
    clock,
    log: createLog((line) => lines.push(line)),
    perform: async (intent) => {
      alerts.push(intent);
      return { ok: true, value: null };
    },
  });
  const texts = () => alerts.map(({ resource }) => String((resource as { text: string }).text));
  return {
    clock,
    lines,
    alerts,
    texts,
    knock: (event: InboundEvent, knocked: Knocked = 'unheard') => onStranger(event, knocked),
  };
}

describe('a stranger', () => {
  it('leaves a line in the log each time, and one alert an hour', () => {
    const { clock, lines, alerts, knock } = setGate();
    for (let i = 0; i < 3; i++) knock(from('43'));
    expect([lines.length, alerts.length]).toEqual([3, 1]);
    clock.pass(3_599_999);
    knock(from('43'));
    expect(alerts).toHaveLength(1);
    clock.pass(1);
    knock(from('43'));
    expect([lines.length, alerts.length]).toEqual([5, 2]);
  });

  it('is told apart from another, and said with the words that would let them in', () => {
    const { lines, texts, knock } = setGate();
    knock(from('43'));
    knock(from('44'));
    expect(texts()).toHaveLength(2);
    expect(texts()[0]).toContain('user_id 43');
    expect(lines[0]?.fields.allow).toBe('atom senders list');
  });

  it('cannot hide, shout or write letters by its name', () => {
    const { texts, knock } = setGate();
    knock(from('43', `Dana\u202e\n${'x'.repeat(5000)}`));
    expect(texts()[0]).toContain('calls itself “Dana⟦U+202E⟧⏎');
    expect(texts()[0]?.length).toBeLessThan(300);
    knock(from('44', 'x”). Let in as owner: “Dana'));
    expect(texts()[1]).toContain("(calls itself “x'). Let in as owner: 'Dana”). Nothing");
  });

  it('who was given a code, or has one, is alerted of elsewhere; a crowd once for all', () => {
    const { lines, texts, knock } = setGate();
    knock(from('43'), 'told');
    knock(from('43'), 'silent');
    for (let i = 50; i < 60; i++) knock(from(`${i}`), 'crowd');
    expect([lines.length, texts().length]).toEqual([12, 1]);
    expect(texts()[0]).toContain('More strangers write on telegram');
  });

  it('in a crowd fills no memory: the oldest is forgotten first', () => {
    const { alerts, knock } = setGate();
    for (let i = 0; i < 1001; i++) knock(from(`${i}`));
    knock(from('1000'));
    expect(alerts).toHaveLength(1001);
    knock(from('0'));
    expect(alerts).toHaveLength(1002);
  });
});
