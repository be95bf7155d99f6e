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
  /** True once its present conversation worked in a private jail: nothing of that is told in the feed. */
  readonly hushed?: boolean;
  /** Of the present conversation, where another was chosen for it than its agent has. */
  readonly model?: string;
  /** Number of the conversation that is meant: in a turn the one that it began in, else the present one. */
  readonly talk?: number;
}

/** True for a chat of two, whoever the other one is. */
export const isDirect = ({ key }: Pick<Session, 'key'>): boolean =>
  ['dm', 'self'].includes(key.split(':')[1] ?? '');

export interface ToolCall {
  readonly id: string;
  readonly tool: string;
  readonly input: Json;
}

/**
 * What a provider wants back with an answer of its own: signed or sealed thoughts, in its own form. Opaque
 * to everybody but `llm`, told to nobody else, and given back only to the model that it is from.
 */
export interface ProviderPart {
  /** `provider/model`. */
  readonly model: string;
  readonly parts: Json;
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
      readonly provider?: ProviderPart;
      /** What atom says to the reader along with it: that another model answered. Never told to a model. */
      readonly aside?: string;
      readonly used?: Used;
    }
  /** What came of one call. `ok` false: refused, failed or unknown, and `text` says why. */
  | {
      readonly role: 'tool';
      readonly call: string;
      readonly tool: string;
      readonly ok: boolean;
      readonly value: Json;
      /** Its middle is left out where it was too long. */
      readonly text: string;
      /** Finds the whole of it, so many characters, where that is more than is always told. */
      readonly ref?: string;
      readonly length?: number;
      /** The jail that all of it is from, by name; absent where it is from anywhere else as well. */
      readonly jail?: string;
    }
  /**
   * Something atom itself noted: a card was answered, a turn was stopped; `files` came with a message;
   * `notes` are the digests of what was remembered.
   */
  | {
      readonly role: 'note';
      readonly text: string;
      readonly files?: number;
      readonly notes?: readonly string[];
      /** What the owner wants kept word for word from now on, or no longer. */
      readonly pin?: string;
      readonly unpin?: string;
    }
  | Summary;

/** What planners are told in place of what came before; that stays in the transcript. */
export interface Summary {
  readonly role: 'summary';
  readonly text: string;
  /** The owner's standing instructions in what it covers, word for word, oldest first. */
  readonly kept: readonly string[];
  /** How many of them did not fit. */
  readonly dropped?: number;
  /** The newest entry that it covers. */
  readonly through: number;
  /** How many messages and results that is, and about how many tokens. */
  readonly covers: number;
  readonly tokens: number;
  /** Why no model could be asked to sum up, in words: then `text` is only excerpts. */
  readonly excerpts?: string;
  /** The event in whose turn it was made. */
  readonly during: string;
}

/** The tokens of one question to a model: as the provider counted them, and as they were guessed before. */
export interface Used {
  readonly told: number;
  readonly guessed: number;
}

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

/** One conversation of a session: from a fresh start to the next. */
export interface Talk {
  /** From 1, in the order of their beginnings. */
  readonly number: number;
  readonly agent: string;
  readonly model?: string;
  readonly begunAt: number;
  /** Undefined where nothing was said in it. */
  readonly lastAt?: number;
  /** How many entries its transcript has. */
  readonly entries: number;
  /** The first words of it. */
  readonly begins: string;
  /** The one that goes on now. */
  readonly current: boolean;
}

/** A session among others. */
export interface SessionSummary {
  readonly key: string;
  /** Name of the user whose chat it is; absent for the owner's, and for whoever has no user. */
  readonly user?: string;
  readonly agent: string;
  readonly model?: string;
  readonly lastAt?: number;
  /** How many conversations it has. */
  readonly talks: number;
  /** The first words of the present one. */
  readonly begins: string;
}
