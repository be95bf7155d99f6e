import { describe, expect, it } from 'vitest';
import type { GatewayEvent } from '../../../src/protocol/events.ts';
import type { Status } from '../../../src/protocol/status.ts';
import { withFirstSteps } from '../../../src/ui/desk/first-steps.ts';
import { OWN_SESSION } from '../../../src/ui/desk/turns.ts';
import { plain, type Row } from '../../../src/ui/text/spans.ts';
import { card, quietStatus } from '../fake-gateway.ts';

const asked: GatewayEvent = { kind: 'approval.asked', card: card() };
const said = { kind: 'message', session: OWN_SESSION, text: 'Done' } as GatewayEvent;
const decided = (state: string) => ({ kind: 'approval.decided', id: 'a1', state }) as GatewayEvent;

/** What is said to somebody who saw all that, in this order. */
function told(events: readonly GatewayEvent[], status: Partial<Status> = {}, isFirst = true) {
  const lines: string[] = [];
  const nothing = (): void => undefined;
  const to = { begin: nothing, event: nothing, status: nothing, people: nothing, trouble: nothing };
  const print = (rows: readonly Row[]): void => void lines.push(...rows.map(plain));
  const steps = withFirstSteps(to, { print, answering: 'answer it so' });
  steps.begin({ lines: [], entries: [], cards: [], isFirst });
  for (const _ of 'twice') steps.status({ ...quietStatus, ...status });
  for (const event of events) steps.event(event);
  return lines.join('\n');
}

const OFFER = 'Try it, type:   make folder hello';

describe('the first steps', () => {
  it('are offered once, and end with what takes it back', () => {
    const all = told([asked, decided('approved'), said, asked, decided('approved'), said]);
    expect(all.split(OFFER)).toHaveLength(2);
    expect(all.split('answer it so')).toHaveLength(2);
    expect(all.split('type:   undo')).toHaveLength(2);
  });

  it('end with a no as well, and say nothing of an undo', () => {
    const all = told([asked, decided('denied'), said]);
    expect(all).toContain('nothing was done');
    expect(all).not.toContain('undo');
  });

  it('are over with the first answer, whatever was said', () => {
    expect(told([said, asked, decided('approved'), said])).not.toMatch(/answer it so|undo/);
  });

  it('end in silence where nobody decided in time', () => {
    expect(told([asked, decided('expired'), said])).not.toMatch(/undo|nothing was done/);
  });

  it.each([
    ['something was said before', {}, false],
    ['nothing would be asked', { agent: { ...quietStatus.agent, maturity: 'supervised' } }, true],
    ['no jail holds', { jail: { state: 'unavailable' } }, true],
    ['everything is held up', { halted: { kind: 'panic' } }, true],
  ] as const)('are not offered where %s', (_, status, isFirst) => {
    expect(told([asked], status as unknown as Partial<Status>, isFirst)).toBe('');
  });
});
