import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/agent/planner.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import type { Meanwhile } from '../../src/domain/meanwhile.ts';
import { call, message, reply, type Script, session, setStage } from './stage.ts';

/** A turn during which `more` waits from the start; `when` says whether it may be taken in. */
function turnWith(script: Script, more: readonly InboundEvent[], when = (_: boolean) => true) {
  const stage = setStage(script);
  const begun: string[] = [];
  const meanwhile: Meanwhile = {
    ready: async (asked) => (when(asked) ? more : []),
    waiting: async () => more,
    begin: async (id) => void begun.push(id),
    wasBegun: async () => false,
  };
  const run = () =>
    stage.turn.run(
      { event: message('e1', 'first'), session, meanwhile },
      new AbortController().signal,
    );
  return { ...stage, begun, run };
}

const look: Plan = call('c', 'file_list', {});

describe('what is taken into a turn', () => {
  it('is heard before the planner is asked at all, where it waited when the turn began', async () => {
    const stage = turnWith({ plan: () => reply('both') }, [message('e2', 'second')]);
    expect(await stage.run()).toEqual({ kind: 'replied', text: 'both', taken: ['e2'] });
    expect(stage.asked).toHaveLength(1);
    expect(stage.asked[0]).toMatchObject({ step: 0, more: 1 });
    expect(stage.begun).toEqual(['e2']);
    expect(stage.states).toContainEqual({ step: 'joined', turn: 'e1' });
  });

  it('is not what came after the planner has given its answer, which is given as it is', async () => {
    let answered = false;
    const plan = () => {
      answered = true;
      return reply('done');
    };
    const stage = turnWith({ plan }, [message('e2', 'second')], () => answered);
    expect(await stage.run()).toEqual({ kind: 'replied', text: 'done', taken: [] });
    expect(stage.entries.some(({ event }) => event === 'e2')).toBe(false);
  });

  it('is nothing after the last step, where nobody would read it', async () => {
    const script = { plan: () => look, deps: { maxSteps: 1 } };
    const stage = turnWith(script, [message('e2', 'second')], (asked) => asked);
    expect(await stage.run()).toMatchObject({ kind: 'failed', taken: [] });
    expect(stage.intents).toHaveLength(1);
  });

  it('is taken in once, however often it is offered', async () => {
    const plan: Script['plan'] = ({ step }) =>
      step < 3
        ? { ...look, calls: [{ id: `c${step}`, tool: 'file_list', input: {} }] }
        : reply('ok');
    const stage = turnWith({ plan }, [message('e2', 'second'), message('e3', 'third')]);
    expect(await stage.run()).toMatchObject({ taken: ['e2', 'e3'] });
    const heard = stage.entries.flatMap(({ event, item }) => (item.role === 'user' ? event : []));
    expect(heard).toEqual(['e1', 'e2', 'e3']);
    expect(stage.intents).toHaveLength(3);
  });
});
