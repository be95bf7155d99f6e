import { z } from 'zod';
import { unifiedDiff } from '../base/diff.ts';
import { sha256 } from '../base/digest.ts';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Prepared } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import { type Contents, MAX_TEXT_BYTES, readIfThere, textOf } from './contents.ts';
import { describe, targetOf } from './describe.ts';
import { parseResource } from './parse-resource.ts';
import { type FilesDeps, type Place, placeFor, refuseReadOnly } from './place.ts';

const resourceSchema = z.strictObject({
  path: z.string().min(1).max(4096),
  content: z
    .string()
    .refine((text) => Buffer.byteLength(text) <= MAX_TEXT_BYTES, 'is over 256 KiB'),
  jail: z.string().optional(),
});

/** A write as it would happen now: nothing done. */
export interface WriteLook {
  readonly place: Place;
  readonly content: string;
  readonly present: Contents | undefined;
  readonly prepared: Prepared;
}

/**
 * Compares what is there with what shall be. Throws AtomError `usage`, or `blocked` where the jail is
 * read-only or the name protected.
 */
export async function lookAtWrite(
  deps: FilesDeps,
  resource: Json,
  agent: Agent | undefined,
): Promise<WriteLook> {
  const { content, ...wish } = parseResource(resourceSchema, resource);
  const place = placeFor(deps, wish, agent);
  refuseReadOnly(place);
  const present = await readIfThere(place);
  if (present && present.size > present.bytes.length)
    throw new AtomError('blocked', `${place.path} is too large to be replaced (over 256 KiB).`);
  const said = describe('write', place, targetOf(wish.path, place, agent));
  const facts = {
    ...(said.facts as { readonly [key: string]: Json }),
    present: present ? sha256(present.bytes) : null,
    content: sha256(content),
  };
  const resourceNow = { path: place.path, content, jail: place.jail.name };
  const card = { ...said.card, detail: change(present, content) };
  // What runs is not endorsed by its name: who asks about a script has not asked for another.
  const targets = isRun(place, present, content) ? [] : (said.targets ?? []);
  const prepared = { ...said, resource: resourceNow, facts, card, targets };
  return { place, content, present, prepared };
}

/** Files that are run without being named, or that people run by their name. */
const RECIPE =
  /^(gnu)?makefile$|^(justfile|rakefile|gemfile|dockerfile|package\.json|build\.rs)$|\.(sh|bash|zsh|fish|py|rb|pl|php|lua|js|cjs|mjs|ts|cts|mts|mk|gradle|service|desktop|toml|ya?ml|ini|cfg)$/i;

const isRun = ({ parts }: Place, present: Contents | undefined, content: string): boolean =>
  RECIPE.test(parts.at(-1) ?? '') ||
  content.startsWith('#!') ||
  (present !== undefined &&
    ((present.mode & 0o111) !== 0 || present.bytes.toString('latin1', 0, 2) === '#!'));

function change(present: Contents | undefined, content: string): string {
  const before = present ? textOf(present.bytes, false) : '';
  if (before === undefined)
    return `replaces ${present?.size ?? 0} bytes that are not text with ${Buffer.byteLength(content)} bytes`;
  return unifiedDiff(before, content) || 'no change';
}
