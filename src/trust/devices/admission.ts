import { z } from 'zod';
import { readAs } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { grantable } from '../../domain/caller.ts';

const scopes = z.array(z.enum(grantable)).min(1);
const name = z.string().min(1);
/** SHA-256 of the key that is handed out once this is done; hex. */
const keyHash = z.string().regex(/^[0-9a-f]{64}$/);

const resourceSchema = z.discriminatedUnion('kind', [
  /** One that proved a setup code and its own key, and shows digits. */
  z.strictObject({
    kind: z.literal('device'),
    name,
    scopes,
    keyHash,
    publicKey: z.string(),
    digits: z.string(),
    /** Whose it is, where a provider vouched for that. */
    owner: z
      .strictObject({ user: name, identity: z.string().min(1), words: z.string().min(1) })
      .exactOptional(),
  }),
  z.strictObject({ kind: z.literal('program'), name, scopes, keyHash }),
  /** One that is known and asks for more; `scopes` are all that it would have. */
  z.strictObject({ kind: z.literal('scopes'), name, scopes, device: z.string() }),
]);

/** Somebody to let in, or to give more. */
export type Admission = z.output<typeof resourceSchema>;

/** Who was let in, or given more. */
export interface Admitted {
  readonly device: string;
}

/** Throws AtomError `usage` for anything else. */
export function parseAdmission(resource: Json): Admission {
  return readAs(resourceSchema, resource, 'That lets nobody in');
}
