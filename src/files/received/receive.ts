import { join } from 'node:path';
import { z } from 'zod';
import type { Action } from '../../domain/action.ts';
import { mediaWords } from '../../domain/kept-media.ts';
import { redeem } from '../../governance/grant.ts';
import { describe } from '../describe.ts';
import { parseResource } from '../parse-resource.ts';
import { type FilesDeps, placeFor, refuseReadOnly } from '../place.ts';
import { findKept, type KeptDeps } from './find-kept.ts';
import { INBOX, nameInJail } from './name-in-jail.ts';
import { putNew } from './put-new.ts';

const resourceSchema = z.strictObject({
  /** Id of a file; the newest one where it is left out. */
  file: z.string().max(64).optional(),
  session: z.string(),
  jail: z.string().optional(),
});

const factsSchema = z.object({ digest: z.string(), path: z.string() });

/**
 * The action `file.receive`: `{session, file?, jail?}` puts a file that came with a message of that
 * session into the jail's folder `inbox`, under a name that atom makes. Its result is
 * `{path, type, bytes}`. What it writes counts as strangers' words, and is never run or replaced.
 */
export const createFileReceive = (deps: FilesDeps & KeptDeps): Action => ({
  name: 'file.receive',
  async prepare(resource, agent) {
    const { session, file, ...wish } = parseResource(resourceSchema, resource);
    const { media } = await findKept(deps, session, file);
    const place = placeFor(deps, { ...wish, path: join(INBOX, nameInJail(media)) }, agent);
    refuseReadOnly(place);
    const said = describe('write', place, place.path);
    return {
      ...said,
      resource: { session, file: media.id, jail: place.jail.name },
      facts: { jail: said.facts, path: place.path, digest: media.digest },
      // What the owner names is a place; this one is not chosen by anybody.
      targets: [],
      source: `the file ${media.name ?? media.kind}`,
      card: {
        ...said.card,
        words: [`put ${mediaWords(media)} into ${place.path}`],
        may: [`add one file to ${join(place.folder, INBOX)}`],
        detail: `SHA-256 ${media.digest}`,
      },
    };
  },
  async execute(grant) {
    const { resource, facts } = redeem(grant).prepared;
    const { session, file, jail } = parseResource(resourceSchema, resource);
    const { digest, path } = factsSchema.parse(facts);
    const { media, from } = await findKept(deps, session, file);
    const place = placeFor(deps, { path, jail }, undefined);
    await putNew(place, { path: from, digest });
    return { path: place.path, type: media.type, bytes: media.bytes };
  },
});
