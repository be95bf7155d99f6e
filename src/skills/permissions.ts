import { z } from 'zod';
import { noPermissions, type SkillPermissions } from '../domain/skill.ts';

const MOST = 50;
const word = z.string().min(1).max(200);
const words = z.array(word).max(MOST);
/** Empty words are arguments like any other, but for the program. */
const prefix = z.tuple([word], z.string().max(200));

/** Permissions as a skill declares them, made whole: what is left out is not allowed. */
export const permissionsShape = z.strictObject({
  files: z.enum(['none', 'read', 'write']).default(noPermissions.files),
  fs: z.strictObject({ read: words.default([]), write: words.default([]) }).prefault({}),
  net: words.default([]),
  commands: z.array(prefix).max(MOST).default([]),
  secrets: z
    .array(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'use a–z, 0–9 and -, at most 40 characters'))
    .max(MOST)
    .default([]),
  memory: z.enum(['none', 'read', 'write']).default(noPermissions.memory),
  reminders: z.literal(true).exactOptional(),
});

/** What an author writes: everything may be left out. */
export type AskedPermissions = z.input<typeof permissionsShape>;

/**
 * Why permissions do not go together; undefined where they do. Whoever writes in a folder is alone in it, so
 * that a skill that does would wait for its own command for ever.
 */
export const whyNotTogether = ({ files, commands }: SkillPermissions): string | undefined =>
  files === 'write' && commands.length > 0
    ? "A skill whose permissions say files: 'write' cannot run commands: name what it writes in fs.write."
    : undefined;
