import { z } from 'zod';
import { FALLBACK_NAME, MODEL_NAME, MOST_FALLBACKS } from '../domain/agent.ts';
import type { ModelTest } from '../domain/model-choice.ts';

const model = z.string().max(300).regex(MODEL_NAME, '"offline" or provider/model');

const fallbacks = z
  .array(z.string().max(300).regex(FALLBACK_NAME, 'provider/model'))
  .max(MOST_FALLBACKS)
  .default([]);
/** A code of the second factor. */
export const factorCode = z.string().min(1).max(64);

/** The parameters of the methods about models. */
export const modelParams = {
  /**
   * What an agent thinks with, from its next turn on, and those that run are stopped; without a model, what the
   * profile says. Where a provider reads along that did not before, it needs a code, if a second factor is enrolled.
   */
  'models.use': () =>
    z.strictObject({
      agent: z.string().min(1).max(64),
      model: model.optional(),
      fallbacks,
      code: factorCode.optional(),
    }),
  /** Whether the profile may think with these: nothing changes, the settings are the caller's to write. */
  'models.agree': () => z.strictObject({ model, fallbacks, code: factorCode.optional() }),
  /** Asks a model twice, for a call and for an answer; the profile's unless named. */
  'models.test': () => z.strictObject({ model: model.optional() }),
} as const;

/** What they answer. */
export interface ModelAnswers {
  readonly 'models.use': Readonly<Record<string, never>>;
  readonly 'models.agree': Readonly<Record<string, never>>;
  readonly 'models.test': ModelTest;
}
