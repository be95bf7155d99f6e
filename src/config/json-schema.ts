import { z } from 'zod';
import type { Json } from '../base/json.ts';
import { configSchema } from './schema.ts';

/** What `config.json` may hold, as a JSON Schema that editors read; what cannot be said in one is left open. */
export const settingsSchema = (): Json =>
  z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as Json;
