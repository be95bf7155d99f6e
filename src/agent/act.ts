import { asAtomError } from '../base/errors.ts';
import { asIs } from '../base/hint.ts';
import type { Json } from '../base/json.ts';
import { visibleBlock } from '../base/visible.ts';
import type { Intent, Outcome, PerformOptions, Prepared, Update } from '../domain/action.ts';
import { isGuarded, joinLabels, type Labels, type Sourced } from '../domain/label.ts';
import type { ToolCall } from '../domain/session.ts';
import type { Sql } from '../domain/store.ts';
import type { Tool } from '../domain/tool.ts';
import { refusalValue } from './progress.ts';
import { keptResult } from './told-result.ts';
import type { Taken } from './turn-deps.ts';

/** A call to make now, and what the same plan calls for next. */
export interface Calls {
  readonly call: ToolCall;
  readonly upcoming: readonly ToolCall[];
}

/**
 * Makes one call and writes down what came of it. `window` labels what atom itself says about a call
 * that named no tool, `asked` what it says with nothing in it but what was asked for. `stop` means that the turn is over: it was interrupted, or the owner said so.
 */
export async function act(
  turn: Taken,
  { call, upcoming }: Calls,
  { window, asked }: { readonly window: Labels; readonly asked: Labels },
): Promise<'go on' | 'stop'> {
  const tool = toolOf(turn, call);
  if (tool === undefined) {
    await note(turn, call, {
      from: { labels: window },
      text: unknownTool(call.tool, turn.deps.tools()),
    });
    return 'go on';
  }
  const intent = intentOf(turn, call, tool);
  if ('wrong' in intent) {
    await note(turn, call, { from: { labels: tool.yields }, text: intent.wrong });
    return 'go on';
  }
  let jail: string | undefined;
  const within = (prepared: Prepared): undefined => {
    jail = OF_JAILS.has(intent.action) ? prepared.jail : undefined;
  };
  const said = (outcome: Outcome): Parameters<Taken['append']> => {
    const { item, whole } = keptResult(intent.id, {
      role: 'tool',
      call: call.id,
      tool: call.tool,
      ok: outcome.ok,
      value: outcome.ok ? outcome.value : refusalValue(outcome.reason),
      text: outcome.ok ? tool.toText(outcome.value, turn.deps.hint) : whyNot(turn, outcome),
      ...(jail === undefined ? {} : { jail }),
    });
    return [item, labelOf(tool, outcome, asked), whole];
  };
  let isKept = false;
  const alongside = async (sql: Sql, outcome: Outcome): Promise<() => void> => {
    const isOver = !tool.awaits && !isCutOff(turn, outcome);
    const kept = isOver && (await turn.appendIn(sql, ...said(outcome)));
    return () => {
      isKept = kept;
    };
  };
  const begun = await perform(turn, { call, upcoming, within, alongside }, intent);
  const outcome = await answeredBy(turn, tool, begun);
  if (isCutOff(turn, outcome)) return 'stop';
  if (!isKept) await turn.append(...said(outcome));
  return !outcome.ok && outcome.reason === 'stopped' ? 'stop' : 'go on';
}

/** Interrupted: whether it ran is on record under the intent's id, and the next try finds it there. */
const isCutOff = ({ signal }: Taken, { ok }: Outcome): boolean => !ok && signal.aborted;

/** What a call comes to that only began something. What was asked before a crash is not asked again. */
async function answeredBy({ deps, signal }: Taken, tool: Tool, begun: Outcome): Promise<Outcome> {
  if (!begun.ok || !tool.awaits || !deps.answered) return begun;
  return deps.answered(tool.awaits(begun.value), signal);
}

const OWN_WORDS: ReadonlySet<string> = new Set(['policy', 'limited', 'halted', 'uncertain']);

/** What an executor or the owner said stays as it was said. */
function whyNot({ deps }: Taken, { reason, message }: Refused): string {
  const { hint = asIs } = deps;
  return visibleBlock(OWN_WORDS.has(reason) ? hint(message) : message);
}

type Refused = Outcome & { readonly ok: false };

/** What came back is as bad as its tool says, or as the run found out. */
function labelOf({ name, yields }: Tool, outcome: Outcome, asked: Labels): Sourced {
  const { from } = outcome;
  if (from === undefined && !outcome.ok && outcome.own)
    return { labels: joinLabels(asked, { integrity: 'local', confidentiality: 'public' }) };
  // What was refused before anything was looked at tells nothing of what the tool would have.
  if (from !== undefined && !isGuarded(from.labels)) return from;
  const labels = from === undefined ? yields : joinLabels(yields, from.labels);
  return isGuarded(labels) ? { labels, source: from?.source ?? name } : { labels };
}

/** What gives back nothing but what is in a jail. */
const OF_JAILS: ReadonlySet<string> = new Set([
  'shell.exec',
  'file.read',
  'file.list',
  'file.write',
]);

async function perform(
  turn: Taken,
  { call, upcoming, ...hooks }: Calls & Required<Pick<PerformOptions, 'within' | 'alongside'>>,
  intent: Intent,
): Promise<Outcome> {
  const { deps, input, signal } = turn;
  const { event, session } = input;
  const words = wordsOf(intent.resource);
  deps.onState({ step: 'acting', tool: call.tool, words }, session.id, event.id);
  const watch = deps.watch?.({ id: intent.id, session: session.id, event: event.id, words });
  const onUpdate: Update = (part) => {
    deps.onOutput({ session: session.id, run: intent.id, ...part });
    watch?.printed(part);
  };
  const onBegun = (): void => watch?.began();
  try {
    const next = intentsOf(turn, upcoming);
    return await deps.perform(intent, { signal, onUpdate, onBegun, upcoming: next, ...hooks });
  } finally {
    await watch?.ended();
  }
}

/** The id of what a call asks for: the same one each time that the turn is taken. */
export const intentIdOf = ({ input }: Taken, { id }: ToolCall): string => `${input.event.id}:${id}`;

/** The calls that name a tool and are well made; the others are told so when their turn comes. */
const intentsOf = (turn: Taken, calls: readonly ToolCall[]): readonly Intent[] =>
  calls.flatMap((call) => {
    const tool = toolOf(turn, call);
    const intent = tool && intentOf(turn, call, tool);
    return intent === undefined || 'wrong' in intent ? [] : [intent];
  });

const toolOf = ({ deps }: Taken, { tool }: ToolCall): Tool | undefined =>
  deps.tools().find(({ name }) => name === tool);

function intentOf(turn: Taken, call: ToolCall, tool: Tool): Intent | { readonly wrong: string } {
  const { event, session } = turn.input;
  try {
    const { action, resource, because } = tool.toIntent(call.input, session.id);
    const context = { session: session.id, event: event.id };
    return {
      id: intentIdOf(turn, call),
      action,
      resource,
      context: because === undefined ? context : { ...context, because },
    };
  } catch (thrown) {
    const { message, next } = asAtomError(thrown);
    return { wrong: [message, ...next].join('\n') };
  }
}

const note = (
  turn: Taken,
  call: ToolCall,
  { from, text }: { readonly from: Sourced; readonly text: string },
): Promise<void> =>
  turn.append({ role: 'tool', call: call.id, tool: call.tool, ok: false, value: null, text }, from);

const unknownTool = (name: string, tools: readonly Tool[]): string =>
  `There is no tool "${name}". There are: ${tools.map((tool) => tool.name).join(', ')}.`;

/** The words that say what a call does: its argv, or its path, or nothing. */
export function wordsOf(resource: Json): readonly string[] {
  if (resource === null || typeof resource !== 'object') return [];
  if ('argv' in resource && Array.isArray(resource.argv)) return resource.argv.map(String);
  const words = ['line', 'skill', 'path', 'url', 'tool'].map(
    (key) => (resource as { [key: string]: Json })[key],
  );
  return words.filter((word) => typeof word === 'string');
}
