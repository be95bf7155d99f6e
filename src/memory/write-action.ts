import { z } from 'zod';
import { unifiedDiff } from '../base/diff.ts';
import { digestOf } from '../base/digest.ts';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action, ActionRequest, Prepared } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import { isGuarded, joinLabels, sourceText } from '../domain/label.ts';
import {
  FORGOTTEN_DAYS,
  isNoteName,
  MOST_NOTE,
  type Note,
  nameFor,
  OWNER,
} from '../domain/memory.ts';
import { redeem } from '../governance/grant.ts';
import { refuseSecrets, requireRoom } from './may-keep.ts';
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

const resourceShape = z
  .strictObject({
    ...placeShape,
    note: noteName.optional(),
    text: z.string().trim().min(1).max(MOST_NOTE).optional(),
    /** Instead of a note's name, what the one note to forget is about. */
    about: z.string().trim().min(1).max(2000).optional(),
    restore: z.literal(true).optional(),
  })
  .refine(
    ({ note, text, about, restore }) =>
      restore
        ? note !== undefined && !text && !about
        : !(about && (note || text)) && (note || text || about),
    { message: 'give a text, a note and its new text, or a note to forget' },
  );
type Wish = z.output<typeof resourceShape>;

/** What one such action does, to which note. `before` is what is there now. */
interface Deed {
  readonly does: 'keep' | 'replace' | 'forget' | 'restore';
  readonly name: string;
  readonly before: Note | undefined;
  /** What was set aside and comes back. */
  readonly back?: Note;
  /** What is there afterwards. */
  readonly text: string | undefined;
}

/**
 * The action `memory.write`: `{session, text}` keeps a note, `{session, note, text}` puts a text in a note's
 * place, `{session, note}` or `{session, about}` forgets one, `{session, note, restore: true}` brings one back
 * that was forgotten or replaced. Its result is `{note, does}`. A note carries the label of everything that
 * led to it, for as long as it is there.
 */
export const createMemoryWrite = (deps: MemoryDeps): Action => ({
  name: 'memory.write',
  prepare: async (resource, agent) => prepareWrite(deps, resource, agent),
  execute: async (grant) => {
    const { request, prepared } = redeem(grant);
    const meant = meantIn(deps, prepared.facts);
    const wish = parsed(resourceShape, prepared.resource, WRITES_NOTHING);
    const deed = await deedOf(deps, wish, meant);
    if (digestOf(deedFacts(deed)) !== (prepared.facts as { deed: Json }).deed)
      throw new AtomError('blocked', `The note ${deed.name} changed since this was decided.`, {
        next: ['Look at it and ask again.'],
      });
    if (deed.text !== undefined) await requireRoom(meant, { name: deed.name, text: deed.text });
    await carryOut(deps, { request, meant, deed });
    return { note: deed.name, does: deed.does };
  },
});

const WRITES_NOTHING = 'writes no note';

async function prepareWrite(
  deps: MemoryDeps,
  resource: Json,
  agent: Agent | undefined,
): Promise<Prepared> {
  const wish = parsed(resourceShape, resource, WRITES_NOTHING);
  const meant = await meantBy(deps, wish, agent);
  if (wish.text !== undefined) await refuseSecrets(deps, wish.text);
  const deed = await deedOf(deps, wish, meant);
  const { does, name, before, text, back } = deed;
  if (text !== undefined) await requireRoom(meant, { name, text });
  const told = back ?? before;
  const isNew = does === 'keep';
  return {
    resource: { ...wish } as Json,
    facts: { ...meantFacts(meant), deed: digestOf(deedFacts(deed)) },
    // The name of a note is made of its words.
    ...(told ? { holds: told.labels } : {}),
    declared: isNew
      ? { complexity: 2, why: 'keeps a note for later conversations' }
      : { complexity: 3, why: 'changes what is remembered' },
    card: {
      kind: 'file',
      words: [isNew ? `Remember: ${text}` : WORDS[does](name)],
      folder: meant.folder.path,
      may: ['be told in later conversations of this agent with the same person'],
      undo: isNew
        ? `atom memory forget ${name} takes it out again`
        : `can be taken back for ${FORGOTTEN_DAYS} days: atom memory restore ${name}`,
      ...(isNew ? {} : { detail: unifiedDiff(lines(before?.text), lines(text)) }),
    },
  };
}

const WORDS = {
  replace: (name: string) => `Change the note ${name}`,
  forget: (name: string) => `Forget the note ${name}`,
  restore: (name: string) => `Bring back the note ${name}`,
} as const;

const lines = (text: string | undefined): string => (text === undefined ? '' : `${text}\n`);

async function deedOf(deps: MemoryDeps, wish: Wish, meant: Meant): Promise<Deed> {
  const { folder } = meant;
  const { text, restore } = wish;
  if (wish.note === undefined && text !== undefined) {
    const name = freeName(nameFor(text), await folder.names());
    return { does: 'keep', name, before: undefined, text };
  }
  const name = wish.note ?? (await onlyNote(deps, meant, wish.about ?? ''));
  if (!isNoteName(name)) throw noSuchNote(name);
  const before = await folder.read(name);
  if (restore) {
    const back = await folder.forgotten(name);
    if (back) return { does: 'restore', name, before, back, text: back.text };
  } else if (before) return { does: text === undefined ? 'forget' : 'replace', name, before, text };
  throw noSuchNote(name);
}

function freeName(wanted: string, taken: readonly string[]): string {
  const all = new Set(taken.map((name) => name.toLowerCase()));
  let name = wanted;
  for (let number = 2; all.has(name); number++) name = `${wanted}-${number}`;
  return name;
}

/** The one note that is about something; where there are several, it is said which. */
async function onlyNote(
  deps: MemoryDeps,
  { folder, place }: Meant,
  about: string,
): Promise<string> {
  const found = await deps.finder.find(folder, place, about);
  const [only] = found;
  if (only === undefined)
    throw new AtomError('not-found', `I remember nothing about ${sourceText(about)}.`);
  if (found.length === 1) return only;
  const all = await Promise.all(found.map((name) => folder.read(name)));
  // A refusal has no label: what strangers' words are in is not told by one, nor by its name.
  const plain = all.filter((note) => note !== undefined && !isGuarded(note.labels));
  throw new AtomError('usage', 'Several notes are about that. Which one is to be forgotten?', {
    next: [
      ...plain.flatMap((note) =>
        note ? [`forget note ${note.name} — ${sourceText(note.text)}`] : [],
      ),
      ...(plain.length < all.length
        ? ['Others hold strangers’ words: search for them first.']
        : []),
    ].slice(0, MOST_OFFERED),
  });
}

const MOST_OFFERED = 5;

const deedFacts = ({ does, name, before, text }: Deed): Json => ({
  does,
  name,
  before: before === undefined ? null : { text: before.text, ...before.labels },
  text: text ?? null,
});

interface Carried {
  readonly request: ActionRequest;
  readonly meant: Meant;
  readonly deed: Deed;
}

async function carryOut(deps: MemoryDeps, { request, meant, deed }: Carried): Promise<void> {
  const { folder, place, chat } = meant;
  const { does, name, text } = deed;
  const now = deps.now();
  if (does === 'forget') return folder.forget(name, now);
  if (does === 'restore') return folder.restore(name, now);
  const sources = await deps.sourcesOf(request);
  // The owner's own notes are for nobody else, wherever the words came from.
  const least = { integrity: 'owner', confidentiality: 'private' } as const;
  await folder.write(
    {
      name,
      text: text ?? '',
      at: now,
      labels: place.person === OWNER ? joinLabels(request.labels, least) : request.labels,
      ...(chat === undefined ? {} : { chat }),
      ...(sources.length === 0 ? {} : { from: sources.join(', ') }),
    },
    now,
  );
}
