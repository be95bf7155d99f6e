import type { Plan, PlanInput, Planner } from '../../src/agent/planner.ts';
import { builtInTools } from '../../src/agent/tools.ts';
import { createTurn, type Turn } from '../../src/agent/turn.ts';
import type { TurnDeps } from '../../src/agent/turn-deps.ts';
import { createLog } from '../../src/base/log.ts';
import type { Intent, Outcome, Perform } from '../../src/domain/action.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import type { Session, TranscriptEntry, TranscriptItem } from '../../src/domain/session.ts';
import type { TurnState } from '../../src/protocol/events.ts';

export const session: Session = {
  id: 's1',
  key: 'terminal:self:main',
  agent: 'atom',
  home: { channel: 'terminal', account: 'main', peer: 'main' },
  startedAt: 0,
};

export const message = (id: string, text: string): InboundEvent => ({
  id,
  externalId: id,
  from: session.home,
  sender: { id: 'owner' },
  kind: 'message',
  text,
  media: [],
  isGroup: false,
  mentionsMe: true,
  at: 0,
});

export const done = (stdout: string): Outcome => ({
  ok: true,
  value: { exit: 0, ending: 'exit', stdout, stderr: '', truncated: false, ms: 1 },
});

/** Everything a turn needs, kept in memory, and what happened to it. */
export interface Stage {
  readonly entries: TranscriptEntry[];
  readonly intents: Intent[];
  readonly asked: PlanInput[];
  readonly states: TurnState[];
  readonly output: string[];
  readonly turn: Turn;
  readonly items: () => readonly TranscriptItem[];
  say(id: string, text: string, signal?: AbortSignal): ReturnType<Turn['run']>;
}

export interface Script {
  readonly plan: (
    input: PlanInput,
    signal: AbortSignal,
    onText: (t: string) => void,
  ) => Plan | Promise<Plan>;
  readonly perform?: Perform;
  readonly sees?: Planner['sees'];
  readonly deps?: Partial<TurnDeps>;
}

export function setStage(script: Script): Stage {
  const entries: TranscriptEntry[] = [];
  const intents: Intent[] = [];
  const asked: PlanInput[] = [];
  const states: TurnState[] = [];
  const output: string[] = [];
  let written = 0;
  const planner: Planner = {
    name: 'scripted',
    sees: script.sees ?? 'conversation',
    plan: async (input, signal, onText) => {
      asked.push(input);
      return script.plan(input, signal, onText);
    },
  };
  const turn = createTurn({
    perform: async (intent, options) => {
      intents.push(intent);
      return script.perform?.(intent, options) ?? done('ok\n');
    },
    planner: async () => planner,
    tools: () => builtInTools,
    isOwner: async () => true,
    transcript: {
      goesOn: async () => true,
      load: async () => [...entries],
      append: async (entry) => {
        entries.push({ ...entry, seq: ++written, at: 0 });
      },
      sumUp: async (entry) => {
        const rest = entries.filter(
          ({ seq, item }) => seq > entry.item.through && item.role !== 'summary',
        );
        entries.splice(0, entries.length, { ...entry, seq: ++written, at: 0 }, ...rest);
        return true;
      },
    },
    onState: (state) => states.push(state),
    onOutput: ({ text }) => output.push(text),
    log: createLog(() => undefined),
    ...script.deps,
  });
  return {
    entries,
    intents,
    asked,
    states,
    output,
    turn,
    items: () => entries.map((entry) => entry.item),
    say: (id, text, signal = new AbortController().signal) =>
      turn.run({ event: message(id, text), session }, signal),
  };
}

export const call = (id: string, tool: string, input: Plan['calls'][number]['input']): Plan => ({
  text: '',
  calls: [{ id, tool, input }],
});

export const reply = (text: string): Plan => ({ text, calls: [] });
