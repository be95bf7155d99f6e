import type { Json } from '../../base/json.ts';
import type { Slots } from './pattern.ts';

/** One thing that can be said without a model. */
export interface Template {
  /** What it does, for offers and help. */
  readonly says: string;
  /** How it is shown and offered; tried after `patterns`. */
  readonly form: string;
  /** See `matchPattern`. */
  readonly patterns: readonly string[];
  readonly tool: string;
  /** Whether what stands in its slots, in that message, can be meant at all; anything can where it is left out. */
  readonly fits?: (slots: Slots, message: string) => boolean;
  /** Throws AtomError `usage` where what stands in a slot cannot be used. */
  readonly input: (slots: Slots) => Json;
  /** What is asked where it is picked without its slot. */
  readonly asks?: string;
  /** Phrases and the input they lead to. */
  readonly examples: readonly (readonly [text: string, input: Json])[];
}
