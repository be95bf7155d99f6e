import type { Note, NotePlace } from '../domain/memory.ts';
import type { Store } from '../domain/store.ts';
import {
  dropWords,
  fittingNotes,
  type NotedFile,
  notedFiles,
  noteWords,
} from '../store/tables/notes.ts';
import type { NoteFolder, SeenFile } from './folder.ts';
import { indexedWords, queriesFor } from './words.ts';

/** Finds notes by their words. The files are what counts: what was noted down of them follows. */
export interface Finder {
  /** Names of notes that have any of the words of a text, the best first; all, the newest first, where it has none. */
  find(folder: NoteFolder, place: NotePlace, text: string): Promise<readonly string[]>;
}

/** So many are read and noted down at a time, so that nobody else waits for the store. */
const AT_ONCE = 100;
/** Beyond so many files, those that came or went are seen at once, and what was changed in one within a minute. */
const MANY = 5000;
const LOOK_AGAIN_MS = 60_000;
const MOST_FOUND = 50;
/** A note that fits a fourth as well as the best has only words in common that everything has. */
const WEAKEST = 0.25;

export function createFinder({
  store,
  monotonic,
}: {
  readonly store: Store;
  readonly monotonic: () => number;
}): Finder {
  /** Of each place, whoever follows its files now, or did last. */
  const turns = new Map<string, Promise<unknown>>();
  const looked = new Map<string, Look>();
  const follow = async (folder: NoteFolder, place: NotePlace): Promise<void> => {
    const now = { at: monotonic(), stamp: folder.stamp() };
    const last = looked.get(folder.path);
    const isRecent = last !== undefined && last.many > MANY && now.at - last.at < LOOK_AGAIN_MS;
    if (isRecent && last.stamp === now.stamp) return;
    const many = await followFiles({ store, folder, place }, isRecent ? 'names' : 'all');
    looked.set(folder.path, { stamp: now.stamp, at: isRecent ? last.at : now.at, many });
  };
  const inTurn = (folder: NoteFolder, place: NotePlace): Promise<void> => {
    const before = turns.get(folder.path) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(() => follow(folder, place));
    turns.set(folder.path, mine);
    return mine;
  };
  return {
    find: async (folder, place, text) => {
      const words = queriesFor(text);
      if (words.length === 0) return newest(await folder.files());
      await inTurn(folder, place);
      const found = await fittingNotes(store, place, { words, most: MOST_FOUND });
      const best = found[0]?.fit ?? 0;
      return found.filter(({ fit }) => fit >= best * WEAKEST).map(({ name }) => name);
    },
  };
}

/** What was there when the files of a place were looked at last. */
interface Look {
  readonly at: number;
  readonly stamp: number;
  readonly many: number;
}

const newest = (files: readonly SeenFile[]): readonly string[] =>
  files
    .toSorted((a, b) => b.changedAt - a.changedAt)
    .slice(0, MOST_FOUND)
    .map(({ name }) => name);

interface Followed {
  readonly store: Store;
  readonly folder: NoteFolder;
  readonly place: NotePlace;
}

/**
 * Notes down what is new and, where all are looked at, what was changed, and forgets what is gone. Resolves
 * to how many files there are.
 */
async function followFiles(
  { store, folder, place }: Followed,
  by: 'all' | 'names',
): Promise<number> {
  const names = await folder.names();
  const noted = new Map((await notedFiles(store, place)).map((file) => [file.name, file]));
  const files = await folder.files(by === 'all' ? names : names.filter((name) => !noted.has(name)));
  const changed = files.filter((file) => !isSame(file, noted.get(file.name)));
  for (let at = 0; at < changed.length; at += AT_ONCE) {
    const some = await Promise.all(
      changed.slice(at, at + AT_ONCE).map(async (file) => ({
        ...file,
        words: wordsOf(await folder.read(file.name).catch(() => undefined)),
      })),
    );
    await store.tx(async (sql) => {
      for (const file of some) await noteWords(sql, place, file);
    });
  }
  const here = new Set(by === 'all' ? files.map(({ name }) => name) : names);
  const gone = [...noted.keys()].filter((name) => !here.has(name));
  if (gone.length > 0)
    await store.tx(async (sql) => {
      for (const name of gone) await dropWords(sql, place, name);
    });
  return here.size;
}

const isSame = (file: SeenFile, noted: NotedFile | undefined): boolean =>
  noted?.size === file.size && noted.changedAt === file.changedAt;

const wordsOf = (note: Note | undefined): string => indexedWords(note?.text ?? '');
