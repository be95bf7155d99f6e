// node test/bench/notes.ts [--json], a part of npm run bench: what it takes to find a note among a thousand, and
// among a hundred thousand, in the processor's time. Numbers, no verdicts.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import type { Note } from '../../src/domain/memory.ts';
import type { Store } from '../../src/domain/store.ts';
import { createFinder } from '../../src/memory/find.ts';
import { type NoteFolder, openFolder } from '../../src/memory/folder.ts';
import { noteFile } from '../../src/memory/note-file.ts';
import { openStore } from '../../src/store/open.ts';
import { noteWords } from '../../src/store/tables/notes.ts';
import { spread, worked } from './measure.ts';
import { type Row, tellRows, timed } from './table.ts';

const SIZES = [1000, 100_000] as const;
const QUESTIONS = 60;
const ADDED = 10;
const WORDS_EACH = 12;
const VOCABULARY = 20_000;
const BATCH = 5000;

const place = { agent: 'atom', person: 'owner' };
const root = mkdtempSync('/var/tmp/atom-notes-');

/** Some words are said often and most of them seldom, as people speak. */
function createSpeech(seed: number): () => string {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const rank = Math.floor(VOCABULARY ** (state / 2 ** 32));
    return `${(rank * 7919 + 46_656).toString(36)}word`;
  };
}

const speech = (word: () => string, words: number): string =>
  Array.from({ length: words }, word).join(' ');

const noteOf = (name: string, text: string): Note => ({
  name,
  text,
  at: 1,
  labels: { integrity: 'owner', confidentiality: 'private' },
});

/** As if each had been noted down when it was written. */
async function fill(store: Store, folder: NoteFolder, size: number): Promise<void> {
  mkdirSync(folder.path, { recursive: true });
  const word = createSpeech(size);
  const texts = new Map<string, string>();
  for (let n = 0; n < size; n++) {
    const note = noteOf(`note-${n}`, speech(word, WORDS_EACH));
    writeFileSync(join(folder.path, `${note.name}.md`), noteFile(note));
    texts.set(note.name, note.text);
  }
  const files = await folder.files();
  for (let at = 0; at < size; at += BATCH)
    await store.tx(async (sql) => {
      for (const file of files.slice(at, at + BATCH))
        await noteWords(sql, place, { ...file, words: texts.get(file.name) ?? '' });
    });
}

async function time(size: number): Promise<{ readonly found: number[]; readonly added: number[] }> {
  const store = await openStore({ file: join(root, `${size}.db`) });
  const folder = openFolder(join(root, String(size)), place);
  await fill(store, folder, size);
  const finder = createFinder({ store, monotonic: systemClock.monotonic });
  const word = createSpeech(7);
  const ask = () => finder.find(folder, place, `what about ${speech(word, 3)}`);
  await ask();
  const [found, added]: [number[], number[]] = [[], []];
  for (let n = 0; n < QUESTIONS; n++) found.push(await worked(ask));
  for (let n = 0; n < ADDED; n++) {
    await folder.write(noteOf(`new-${n}`, speech(word, WORDS_EACH)), 1);
    added.push(await worked(ask));
  }
  await store.close();
  return { found, added };
}

try {
  const [few, many] = [await time(SIZES[0]), await time(SIZES[1])];
  const rows: Row[] = (
    [
      ['found', ''],
      ['added', ', one was just added'],
    ] as const
  ).map(([key, words]) => {
    const [first, last] = [spread(few[key]), spread(many[key])];
    const what = `find a note among ${SIZES[1].toLocaleString('en')}${words}`;
    return { ...timed(what, last), growth: last.p50 / first.p50 };
  });
  tellRows(rows);
} finally {
  rmSync(root, { recursive: true });
}
