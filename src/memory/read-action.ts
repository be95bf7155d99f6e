import { z } from 'zod';
import { digestOf } from '../base/digest.ts';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action, Prepared } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import { cleanLabels, integrities, joinLabels, type Labels } from '../domain/label.ts';
import type { Note } from '../domain/memory.ts';
import { redeem } from '../governance/grant.ts';
import {
  labelsAsJson,
  type Meant,
  type MemoryDeps,
  meantBy,
  meantFacts,
  meantIn,
  noSuchNote,
  noteName,
  noteSource,
  parsed,
  placeShape,
} from './memory-deps.ts';

const resourceShape = z
  .strictObject({
    ...placeShape,
    /** What the notes are to be about; the newest where it is left out. */
    words: z.string().max(2000).optional(),
    /** One note, instead. */
    note: noteName.optional(),
    /** Of all texts together, in characters. */
    most: z.number().int().min(100).max(20_000).default(12_000),
    /** Leaves out what is labelled worse than that, and all secrets, and counts it. */
    best: z.enum(integrities).optional(),
    /** Leaves out notes that are known already: digests that such an action gave back. */
    known: z.array(z.string().max(64)).max(1000).default([]),
  })
  .refine(({ words, note }) => words === undefined || note === undefined, {
    message: 'give words or a note',
  });
type Wish = z.output<typeof resourceShape>;

/** A note, and what it was when it was decided about. */
interface Found {
  readonly note: Note;
  readonly digest: string;
}

interface Looked {
  readonly found: readonly Found[];
  /** How many fit and are labelled worse than was wished. */
  readonly left: number;
  /** True where more fit than there is room for. */
  readonly more: boolean;
}

/**
 * The action `memory.read`: `{session, words?, note?, most?, best?, known?}`; the owner says `{agent, person}`
 * in the place of the session. Its result is `{notes: [{note, text, at, integrity, from?, digest}], left,
 * more, labels}`, and carries the labels of exactly those notes. Everything that it gives was looked at
 * before it was decided about.
 */
export const createMemoryRead = (deps: MemoryDeps): Action => ({
  name: 'memory.read',
  prepare: async (resource, agent) => prepareRead(deps, resource, agent),
  execute: async (grant) => {
    const { prepared } = redeem(grant);
    const wish = parsed(resourceShape, prepared.resource, READS_NOTHING);
    const looked = await look(deps, wish, meantIn(deps, prepared.facts));
    if (digestOf(lookFacts(looked)) !== (prepared.facts as { look: Json }).look)
      throw new AtomError('blocked', 'What is remembered changed since this was decided.', {
        next: ['Ask again.'],
      });
    return resultOf(looked);
  },
});

const READS_NOTHING = 'reads no notes';

async function prepareRead(
  deps: MemoryDeps,
  resource: Json,
  agent: Agent | undefined,
): Promise<Prepared> {
  const wish = parsed(resourceShape, resource, READS_NOTHING);
  const meant = await meantBy(deps, wish, agent);
  const looked = await look(deps, wish, meant);
  const labels = labelsOf(looked);
  const from = looked.found.filter(({ note }) => isWorse(note.labels)).map(({ note }) => note);
  const about = wish.note ?? wish.words;
  return {
    resource: { ...wish } as Json,
    facts: { ...meantFacts(meant), look: digestOf(lookFacts(looked)) },
    ...(from.length === 0 ? {} : { source: from.map(noteSource).join(', ') }),
    holds: labels,
    card: {
      kind: 'file',
      words: [about ? `Look what is remembered about: ${about}` : 'Look what is remembered'],
      folder: meant.folder.path,
      may: ['read notes of this memory and nothing else'],
      undo: 'changes nothing',
    },
  };
}

async function look(deps: MemoryDeps, wish: Wish, { folder, place }: Meant): Promise<Looked> {
  const { note, words = '', best } = wish;
  const names = note === undefined ? await deps.finder.find(folder, place, words) : [note];
  const fitting = (await Promise.all(names.map((name) => folder.read(name)))).flatMap((one) =>
    one === undefined ? [] : [{ note: one, digest: digestOfNote(one) }],
  );
  if (note !== undefined && fitting.length === 0) throw noSuchNote(note);
  const fresh = fitting.filter(({ digest }) => !wish.known.includes(digest));
  const fit = fresh.filter((one) => best === undefined || !isWorseThan(one.note.labels, best));
  const found = asManyAsFit(fit, wish.most);
  return { found, left: fresh.length - fit.length, more: found.length < fit.length };
}

const digestOfNote = ({ name, text, labels }: Note): string =>
  digestOf({ name, text, ...labels }).slice(0, 16);

/** The first of them always, cut where it alone is too long. */
function asManyAsFit(all: readonly Found[], most: number): readonly Found[] {
  let room = most;
  return all.flatMap(({ note, digest }, at) => {
    if (at > 0 && note.text.length > room) return [];
    room -= note.text.length;
    const isCut = note.text.length > most;
    const text = isCut ? `${note.text.slice(0, most).toWellFormed()}…` : note.text;
    return [{ note: { ...note, text }, digest }];
  });
}

const isWorse = ({ integrity, confidentiality }: Labels): boolean =>
  integrity === 'untrusted' || confidentiality === 'secret';

const isWorseThan = (labels: Labels, best: Labels['integrity']): boolean =>
  labels.confidentiality === 'secret' ||
  integrities.indexOf(labels.integrity) > integrities.indexOf(best);

const lookFacts = ({ found, left, more }: Looked): Json => ({
  left,
  more,
  found: found.map(({ digest, note }) => ({ digest, text: note.text.length })),
});

/** What an agent reads is its own at best, and never the owner speaking. */
const labelsOf = ({ found }: Looked): Labels =>
  found.reduce<Labels>((all, { note }) => joinLabels(all, note.labels), {
    ...cleanLabels,
    integrity: 'local',
  });

function resultOf(looked: Looked): Json {
  const notes = looked.found.map(({ note: { name, text, at, from, labels }, digest }) => ({
    note: name,
    text,
    at,
    integrity: labels.integrity,
    digest,
    ...(from === undefined ? {} : { from }),
  }));
  return { notes, left: looked.left, more: looked.more, labels: labelsAsJson(labelsOf(looked)) };
}
