import { z } from 'zod';
import { FALLBACK_NAME, MODEL_NAME, MOST_FALLBACKS } from '../domain/agent.ts';
import { modelApis } from '../domain/provider.ts';
import { httpUrl } from './http-url.ts';

export const modelName = z
  .string()
  .regex(MODEL_NAME, '"offline" or provider/model, such as anthropic/claude');

/** Models that are asked in turn where the one before cannot answer. To name them is to say that they may. */
export const fallbacks = z
  .array(z.string().regex(FALLBACK_NAME, 'provider/model, such as openai/gpt-5'))
  .max(MOST_FALLBACKS);

/** In the currency of the limits. */
export const money = z.number().min(0).max(1_000_000);

/** For a million tokens. */
const price = z.strictObject({
  input: money,
  output: money,
  /** What is read from the provider's cache; as much as `input` where it is left out. */
  cached: money.optional(),
});

const wait = z.number().int().min(1).max(3600);

/** What is not known of a provider or a model, by its name. */
export const modelsSchema = z
  .record(
    z.string(),
    z.strictObject({
      baseUrl: httpUrl.optional(),
      /** How it is spoken to; `chat` where it is not known. */
      api: z.enum(modelApis).optional(),
      price: price.optional(),
      /** How many tokens its models take, question and answer together. */
      window: z.number().int().min(4096).max(10_000_000).optional(),
      /** How long an answer is waited for: for its first word, between two of them, for all of it. */
      waitSeconds: z
        .strictObject({
          first: wait.optional(),
          idle: wait.optional(),
          whole: wait.optional(),
        })
        .optional(),
    }),
  )
  .default({});
