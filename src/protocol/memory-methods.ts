import { z } from 'zod';
import type { PlacedNote } from '../domain/memory.ts';

/** Whose notes: an agent's, and of which person; any of them where left out. */
const whose = {
  agent: z.string().min(1).max(40).optional(),
  person: z.string().min(1).max(80).optional(),
  /** A user whose notes the owner looks at; a user has their own. */
  user: z.string().min(1).max(32).optional(),
} as const;
const one = z.strictObject({ ...whose, note: z.string().min(1).max(200) });

/** Parameters of what looks after the notes that agents keep. */
export const memoryParams = {
  'memory.list': () => z.strictObject(whose),
  'memory.show': () => one,
  /** Sets it aside, from where `memory.restore` brings it back. */
  'memory.forget': () => one,
  'memory.restore': () => one,
  /** Takes strangers' words in it for the owner's. */
  'memory.trust': () =>
    one.extend({
      /** A code of the second factor, where one is enrolled. */
      code: z.string().min(1).max(64).optional(),
    }),
} as const;

export interface MemoryAnswers {
  readonly 'memory.list': { readonly notes: readonly PlacedNote[] };
  readonly 'memory.show': { readonly note: PlacedNote };
  readonly 'memory.forget': { readonly forgotten: PlacedNote };
  readonly 'memory.restore': { readonly restored: PlacedNote };
  readonly 'memory.trust': { readonly trusted: PlacedNote };
}
