import { z } from 'zod';
import { digestOf } from '../base/digest.ts';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action } from '../domain/action.ts';
import type { Note } from '../domain/memory.ts';
import { redeem } from '../governance/grant.ts';
import {
  type Meant,
  type MemoryDeps,
  meantBy,
  meantFacts,
  meantIn,
  noSuchNote,
  noteName,
  parsed,
  placeShape,
} from './memory-deps.ts';

const resourceShape = z.strictObject({ ...placeShape, note: noteName });

/**
 * The action `memory.trust`: `{agent, person, note}`, a note that holds strangers' words and is the owner's
 * from now on. Its result is `{note}`. Only the owner may ask for it. A secret stays one.
 */
export const createMemoryTrust = (deps: MemoryDeps): Action => ({
  name: 'memory.trust',
  prepare: async (resource, agent) => {
    if (agent) throw new AtomError('blocked', 'Only the owner says which notes are trusted.');
    const wish = parsed(resourceShape, resource, 'trusts no note');
    const meant = await meantBy(deps, wish, agent);
    const note = await untrusted(meant, wish.note);
    return {
      resource: { ...wish } as Json,
      facts: { ...meantFacts(meant), note: digestOf({ text: note.text, ...note.labels }) },
      declared: { complexity: 4, why: 'takes strangers’ words for yours, for good' },
      card: {
        kind: 'trust',
        words: [`trust the note ${note.name}`],
        may: ['let the agent act on what it says as if you had said it'],
        undo: 'nothing marks it again',
        detail: note.text,
      },
    };
  },
  execute: async (grant) => {
    const { request, prepared } = redeem(grant);
    if (request.principal.kind !== 'owner')
      throw new AtomError('blocked', 'Only the owner says which notes are trusted.');
    const { note: name } = parsed(resourceShape, prepared.resource, 'trusts no note');
    const meant = meantIn(deps, prepared.facts);
    const note = await untrusted(meant, name);
    if (digestOf({ text: note.text, ...note.labels }) !== (prepared.facts as { note: string }).note)
      throw new AtomError('blocked', `The note ${name} changed since this was decided.`);
    const labels = { ...note.labels, integrity: 'owner' as const };
    await meant.folder.write({ ...note, labels }, deps.now());
    return { note: name };
  },
});

async function untrusted({ folder }: Meant, name: string): Promise<Note> {
  const note = await folder.read(name);
  if (!note) throw noSuchNote(name);
  if (note.labels.integrity === 'untrusted') return note;
  throw new AtomError('not-found', `Nothing in the note ${name} counts as strangers’ words.`);
}
