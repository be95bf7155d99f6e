import { z } from 'zod';
import { MODEL_NAME } from '../domain/agent.ts';
import { httpUrl } from './http-url.ts';

export const modelName = z
  .string()
  .regex(MODEL_NAME, '"offline" or provider/model, such as anthropic/claude');

/** In the currency of the limits. */
export const money = z.number().min(0).max(1_000_000);

/** For a million tokens. */
const price = z.strictObject({
  input: money,
  output: money,
  /** What is read from the provider's cache; as much as `input` where it is left out. */
  cached: money.optional(),
});

/** What is not known of a provider or a model, by its name. */
export const modelsSchema = z
  .record(
    z.string(),
    z.strictObject({
      baseUrl: httpUrl.optional(),
      price: price.optional(),
      /** How many tokens its models take, question and answer together. */
      window: z.number().int().min(4096).max(10_000_000).optional(),
    }),
  )
  .default({});
