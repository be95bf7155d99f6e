import { z } from 'zod';
import { type AlertFormat, type AlertKind, alertFormats, alertKinds } from '../domain/alert.ts';
import { nameSchema } from './jail-schema.ts';

/** Where alerts are posted; the addresses are secrets, `alerts.<name>`. */
export const alertsSchema = z
  .array(
    z.strictObject({
      name: nameSchema,
      format: z.enum(alertFormats).default('json'),
      events: z
        .array(z.enum(alertKinds))
        .min(1)
        .default([...alertKinds]),
    }),
  )
  .max(8)
  .default([])
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'names that differ');

/** Where one alert goes to, and which. */
export interface AlertSettings {
  readonly name: string;
  readonly format: AlertFormat;
  readonly events: readonly AlertKind[];
}
