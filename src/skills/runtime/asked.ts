import type { z } from 'zod';
import { readAs } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Prepared } from '../../domain/action.ts';
import type { Bounds } from './bounds.ts';

/** Something that a skill asks for, as the intent that it becomes. */
export interface Asked {
  readonly action: string;
  readonly resource: Json;
  /** Why its permissions do not cover that, once it was looked at. */
  within(prepared: Prepared): string | undefined;
  /** Texts of it that end up on cards, on record or in files, where no secret may be. */
  readonly kept: readonly string[];
  /** What the skill is given of the result. Throws AtomError `failed`. */
  answer(value: Json): Json;
}

/** What a request of a skill's means. Throws AtomError `usage` where it means nothing. */
export type Reader = (params: unknown, bounds: Bounds) => Asked;

/** What a skill asks for, as it has to look. Throws AtomError `usage` with words for whoever wrote it. */
export function shaped<T>(shape: z.ZodType<T>, params: unknown): T {
  return readAs(shape, params, 'That was asked for wrongly');
}
