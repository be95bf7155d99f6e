import type { Json } from '../base/json.ts';
import type { Address } from './address.ts';
import type { Labels } from './label.ts';

export interface Session {
  readonly id: string;
  /** `channel:type:identifier[:thread]`, such as `telegram:dm:5012233`. */
  readonly key: string;
  readonly agent: string;
  /** Where replies go. */
  readonly home: Address;
  readonly startedAt: number;
  /** True once it worked in a private jail: nothing of it is told in the feed. */
  readonly hushed?: boolean;
}

/** True for a chat of two, whoever the other one is. */
export const isDirect = ({ key }: Pick<Session, 'key'>): boolean =>
  ['dm', 'self'].includes(key.split(':')[1] ?? '');

export interface ToolCall {
  readonly id: string;
  readonly tool: string;
  readonly input: Json;
}

/** One thing in a conversation, as it is kept and as models are told it. */
export type TranscriptItem =
  | { readonly role: 'user'; readonly text: string; readonly sender: string }
  /** What the planner said, with the calls it wants made; `final` ends the turn. */
  | {
      readonly role: 'assistant';
      readonly text: string;
      readonly format?: 'markdown';
      readonly calls: readonly ToolCall[];
      readonly final: boolean;
    }
  /** What came of one call. `ok` false: refused, failed or unknown, and `text` says why. */
  | {
      readonly role: 'tool';
      readonly call: string;
      readonly tool: string;
      readonly ok: boolean;
      readonly value: Json;
      readonly text: string;
    }
  /** Something atom itself noted: a card was answered, a turn was stopped; `files` came with a message. */
  | { readonly role: 'note'; readonly text: string; readonly files?: number };

export interface TranscriptEntry {
  readonly seq: number;
  readonly session: string;
  /** The event whose turn wrote this. */
  readonly event: string;
  readonly labels: Labels;
  /** What brought it in where it is strangers' words or a secret: `the skill weather`, `notes.txt`. */
  readonly source?: string;
  readonly item: TranscriptItem;
  readonly at: number;
}
