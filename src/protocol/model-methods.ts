import { z } from 'zod';
import { FALLBACK_NAME, MODEL_NAME, MOST_FALLBACKS } from '../domain/agent.ts';
import type { ModelTest } from '../domain/model-choice.ts';

const model = z.string().max(300).regex(MODEL_NAME, '"offline" or provider/model');

/** The parameters of the methods about models. */
export const modelParams = {
  /** What an agent thinks with, from its next turn on, and those that run are stopped; without a model, what the profile says. */
  'models.use': z.strictObject({
    agent: z.string().min(1).max(64),
    model: model.optional(),
    fallbacks: z
      .array(z.string().max(300).regex(FALLBACK_NAME, 'provider/model'))
      .max(MOST_FALLBACKS)
      .default([]),
  }),
  /** Asks a model twice, for a call and for an answer; the profile's unless named. */
  'models.test': z.strictObject({ model: model.optional() }),
} as const;

/** What they answer. */
export interface ModelAnswers {
  readonly 'models.use': Readonly<Record<string, never>>;
  readonly 'models.test': ModelTest;
}
