import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import { permissionsShape, whyNotTogether } from '../permissions.ts';

/** The file that makes a folder a skill that is a program. */
export const MANIFEST = 'skill.json';

/** What a program says of itself: all that there is to know before it is ever run. */
const shape = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'use a–z, 0–9 and -, at most 40 characters'),
  description: z.string().min(1).max(500),
  version: z.string().min(1).max(40),
  examples: z.array(z.string().max(200)).max(20).default([]),
  complexity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], '1, 2, 3 or 4'),
  permissions: permissionsShape.prefault({}),
  input: z.looseObject({ type: z.literal('object', 'make it an object') }),
  command: z
    .array(
      z
        .string()
        .min(1)
        .max(200)
        .regex(/^[^\0]*$/, 'holds a NUL'),
    )
    .min(1)
    .max(20),
});
export type Manifest = z.output<typeof shape>;

/** Reads a `skill.json`. Throws AtomError `usage` that names the line or the field, and what to do. */
export function readManifest(folderName: string, bytes: Buffer): Manifest {
  const parsed = shape.safeParse(parse(bytes));
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const field = first?.path.join('.') || 'the whole';
    throw wrong(`: ${field}: ${first?.message ?? 'it is wrong'}`, 'Mend that field.');
  }
  const manifest = parsed.data;
  if (manifest.name !== folderName)
    throw wrong(
      `: name: it calls itself ${manifest.name}, but its folder is ${folderName}.`,
      'Rename one of them.',
    );
  if (manifest.permissions.files === 'write' && manifest.complexity < 3)
    throw wrong(': complexity: it may write, so it must be at least 3.', 'Write "complexity": 3.');
  if (manifest.permissions.memory === 'write' && manifest.complexity < 2)
    throw wrong(
      ': complexity: it may remember, so it must be at least 2.',
      'Write "complexity": 2.',
    );
  const trouble = whyNotTogether(manifest.permissions);
  if (trouble !== undefined) throw wrong(`: permissions: ${trouble}`, 'Mend that field.');
  return manifest;
}

function parse(bytes: Buffer): unknown {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    const [, at] = /position (\d+)/.exec(message) ?? [];
    const line = at === undefined ? 1 : text.slice(0, Number(at)).split('\n').length;
    throw wrong(`:${line}: it is no JSON: ${message}.`, 'Mend that line.');
  }
}

const wrong = (what: string, next: string): AtomError =>
  new AtomError('usage', `${MANIFEST}${what}`, { next: [`${next} Then load the skills again.`] });
