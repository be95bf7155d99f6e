import { isAbsolute, normalize } from 'node:path';
import { z } from 'zod';
import type { Json } from '../base/json.ts';
import { whyNoHost } from '../domain/host-pattern.ts';
import type { JailLimits, JailSpec } from '../domain/jail.ts';
import { limitNames, limitUnits } from '../domain/jail-limits.ts';
import { gitModes, WORKSPACE } from '../domain/jail-words.ts';
import { protectedNames } from '../domain/protected-names.ts';
import { nearest } from './nearest.ts';

/** A short name of the owner's own, such as a jail's. */
export const nameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'a short name of a–z, 0–9, - and _, such as work');

/** The jail that commands run in when they name none. */
export const workspaceSchema = nameSchema.default(WORKSPACE);

/** A path that means the same wherever atom runs. */
export const absolute = z.string().refine(isAbsolute, 'an absolute path');

const MOST_HOSTS = 50;
const MOST_SHOWN = 20;

/** A host that something may speak to. */
export const hostSchema = z.string().refine((text) => whyNoHost(text) === undefined, {
  error: ({ input }) =>
    `a host such as example.org, *.example.org or example.org:8443: ${whyNoHost(String(input))}`,
});

/** `.git` is not among them: how much of it may change is what `git` says. */
const unprotectable = protectedNames.filter((name) => name !== '.git');
const unprotected = z.string().refine((name) => unprotectable.includes(name), {
  error: ({ input }) => knownNames(String(input)),
});

/** A folder outside that something is shown. */
export const shownSchema = z
  .string()
  .refine(isAbsolute, 'an absolute path')
  .refine(
    (path) => normalize(path) === path && (path === '/' || !path.endsWith('/')),
    'a path without . and .., and without a / at its end',
  );

const limitsSchema = z
  .strictObject(
    Object.fromEntries(
      limitNames.map((name) => {
        const { setting, least, most } = limitUnits[name];
        return [setting, z.number().int().min(least).max(most).exactOptional()];
      }),
    ),
  )
  .transform(limitsFrom);

/** One jail as a person writes it, read as a JailSpec: its limits are in seconds and megabytes here. */
export const jailSchema = z.strictObject({
  name: nameSchema,
  folder: absolute,
  mode: z.enum(['read-only', 'read-write']).default('read-write'),
  network: z.array(hostSchema).max(MOST_HOSTS).exactOptional(),
  git: z.enum(gitModes).exactOptional(),
  unprotected: z.array(unprotected).exactOptional(),
  shows: z.array(shownSchema).max(MOST_SHOWN).exactOptional(),
  limits: limitsSchema.exactOptional(),
  private: z.boolean().exactOptional(),
});

/** A jail as it is written into config.json: `jailSchema` reads the same jail from it. */
export const writtenJail = ({ limits, ...jail }: JailSpec): Json => ({
  ...jail,
  ...(limits === undefined ? {} : { limits: settingsFrom(limits) }),
});

function limitsFrom(settings: Readonly<Record<string, number>>): Partial<JailLimits> {
  return Object.fromEntries(
    limitNames.flatMap((name) => {
      const { setting, factor } = limitUnits[name];
      const value = settings[setting];
      return value === undefined ? [] : [[name, value * factor]];
    }),
  );
}

const settingsFrom = (limits: Partial<JailLimits>): Record<string, number> =>
  Object.fromEntries(
    limitNames.flatMap((name) => {
      const value = limits[name];
      return value === undefined
        ? []
        : [[limitUnits[name].setting, value / limitUnits[name].factor]];
    }),
  );

function knownNames(given: string): string {
  if (given === '.git') return 'another name: what may change of .git is set by "git"';
  const meant = nearest(given, unprotectable);
  return meant
    ? `a name that atom protects; did you mean "${meant}"?`
    : `a name that atom protects, such as node_modules (all: ${unprotectable.join(', ')})`;
}
