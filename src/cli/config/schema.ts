import { settingsSchema } from '../../config/json-schema.ts';
import type { Cli } from '../cli.ts';

/** Prints what the settings may be; needs no profile. */
export function showSchema({ out }: Cli): void {
  const schema = settingsSchema();
  if (out.json) out.object({ settings: schema });
  else out.data(JSON.stringify(schema, null, 2));
}
