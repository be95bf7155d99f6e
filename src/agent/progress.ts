import type { RefusalReason } from '../domain/action.ts';
import type { ToolCall, TranscriptItem } from '../domain/session.ts';

/** What a turn has to do next, read off what it wrote so far. */
export type NextStep =
  /** Its message is not in the transcript yet. */
  | { readonly kind: 'hear' }
  /** `upcoming`: what the same plan calls for next. */
  | { readonly kind: 'act'; readonly call: ToolCall; readonly upcoming: readonly ToolCall[] }
  /** Ask the planner; `steps` is how often it was asked before. */
  | { readonly kind: 'ask'; readonly steps: number }
  /** `refused`: why the last of the refused calls was refused, where one was. */
  | {
      readonly kind: 'reply';
      readonly text: string;
      readonly format?: 'markdown';
      readonly steps: number;
      readonly refused: RefusalReason | undefined;
    };

/** `items` are those of one event, oldest first. */
export function nextStep(items: readonly TranscriptItem[]): NextStep {
  if (!items.some((item) => item.role === 'user')) return { kind: 'hear' };
  const said = items.filter((item) => item.role === 'assistant');
  const last = said.at(-1);
  if (last === undefined) return { kind: 'ask', steps: 0 };
  if (last.final) {
    const { format } = last;
    const aside = said.findLast((item) => item.aside !== undefined)?.aside;
    const text = aside === undefined ? last.text : `${last.text}\n\n${aside}`;
    const steps = said.length;
    return { kind: 'reply', text, ...(format && { format }), steps, refused: lastRefusal(items) };
  }
  const answered = new Set(items.flatMap((item) => (item.role === 'tool' ? [item.call] : [])));
  const [call, ...upcoming] = last.calls.filter(({ id }) => !answered.has(id));
  return call === undefined ? { kind: 'ask', steps: said.length } : { kind: 'act', call, upcoming };
}

/** What a refused call's tool item carries as its value. */
export const refusalValue = (reason: RefusalReason): { readonly refused: RefusalReason } => ({
  refused: reason,
});

const REASONS: readonly string[] = [
  'denied',
  'expired',
  'policy',
  'blocked',
  'failed',
  'uncertain',
  'stopped',
  'limited',
  'halted',
] satisfies RefusalReason[];

/** Why one tool item was refused; undefined where it was not, or was called wrongly. */
export function refusalOf(item: TranscriptItem): RefusalReason | undefined {
  if (item.role !== 'tool' || item.ok) return undefined;
  const { value } = item;
  if (value === null || typeof value !== 'object' || !('refused' in value)) return undefined;
  const reason = value.refused;
  return typeof reason === 'string' && REASONS.includes(reason)
    ? (reason as RefusalReason)
    : undefined;
}

const lastRefusal = (items: readonly TranscriptItem[]): RefusalReason | undefined =>
  items.map(refusalOf).findLast((reason) => reason !== undefined);
