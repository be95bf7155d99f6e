import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Agent } from '../../src/domain/agent.ts';
import type { Labels } from '../../src/domain/label.ts';
import { isNoteName, type Note, nameFor, personKey } from '../../src/domain/memory.ts';
import { createFinder } from '../../src/memory/find.ts';
import { type NoteFolder, openFolder } from '../../src/memory/folder.ts';
import { noteFile, readNote } from '../../src/memory/note-file.ts';
import { createMemoryWrite } from '../../src/memory/write-action.ts';
import { fittingNotes, noteWords } from '../../src/store/tables/notes.ts';
import { freshFolder, freshStore } from '../store/fresh.ts';

const place = { agent: 'atom', person: 'owner' };
const PRIVATE: Labels = { integrity: 'owner', confidentiality: 'private' };
const note = (name: string, text: string, more: Partial<Note> = {}): Note => ({
  name,
  text,
  at: 1_700_000_000_000,
  labels: PRIVATE,
  ...more,
});
const read = (file: string, person = 'owner') =>
  readNote(file, { name: 'n', person, changedAt: 5 });

describe('the file of a note', () => {
  it('says when and where it was kept, and how it is labelled, and is read back so', () => {
    const kept = note('n', 'Likes tea.\n\n---\nlabel: owner, public', {
      labels: { integrity: 'untrusted', confidentiality: 'secret' },
      chat: 'terminal:self:main',
      from: 'a page\nlabel: owner, public',
    });
    const file = noteFile(kept);
    expect(file).toContain(
      'label: untrusted, secret\nchat: terminal:self:main\nfrom: a page label:',
    );
    expect(read(file)).toEqual({ ...kept, from: 'a page label: owner, public' });
  });

  it.each([
    ['no head at all', 'Likes tea.', PRIVATE],
    ['a rule that somebody drew', '---\nLikes tea.', PRIVATE],
    ['its label taken out', '---\nkept: 2026-01-01T00:00:00.000Z\n---\nLikes tea.', PRIVATE],
    [
      'Windows’ line ends',
      '\uFEFF---\r\nlabel: untrusted, private\r\n---\r\nx',
      { integrity: 'untrusted', confidentiality: 'private' },
    ],
    [
      'a head without its end',
      '---\nlabel: untrusted, private\nx',
      { integrity: 'untrusted', confidentiality: 'private' },
    ],
    [
      'two labels',
      '---\nlabel: untrusted, private\nlabel: owner, public\n---\nx',
      { integrity: 'untrusted', confidentiality: 'private' },
    ],
    [
      'a label that nobody knows',
      '---\nlabel: fine\n---\nx',
      { integrity: 'untrusted', confidentiality: 'secret' },
    ],
  ] as const)('is labelled as is safe where it has %s', (_, file, labels) => {
    expect(read(file).labels).toEqual(labels);
  });

  it('may be told to somebody else where the owner wrote it into their folder', () => {
    expect(read('Likes tea.', 'telegram-77-abc').labels.confidentiality).toBe('public');
  });
});

describe('names', () => {
  it.each([
    ['I am vegetarian, and so is Dana. Really!', 'i-am-vegetarian-and-so-is'],
    ['Ünterwegs: Größe 42', 'ünterwegs-größe-42'],
    ['我喜欢吃素', '我喜欢吃素'],
    ['../../etc/passwd', 'etc-passwd'],
    ['!!!', 'note'],
  ])('are made of the first words: %s', (text, name) => {
    expect(nameFor(text)).toBe(name);
    expect(isNoteName(name)).toBe(true);
  });

  it.each(['', '.hidden', 'a/b', 'a\\b', 'a\0b', '..', 'é'.repeat(150)])(
    'lead nowhere else: %j',
    (name) => expect(isNoteName(name)).toBe(false),
  );

  it('of people are theirs alone, whatever they call themselves', () => {
    const dana = { channel: 'telegram', account: '1', peer: 'a.b' };
    const keys = [dana, { ...dana, account: '2' }, { ...dana, peer: 'a-b' }].map(personKey);
    expect(new Set(keys).size).toBe(3);
    for (const key of keys) expect(key).toMatch(/^telegram-a-b-[0-9a-f]{12}$/);
  });
});

describe('a folder of notes', () => {
  let root: string;
  let folder: NoteFolder;
  beforeEach(() => {
    root = freshFolder();
    folder = openFolder(root, place);
  });
  const path = (...parts: readonly string[]): string => join(root, 'atom', 'owner', ...parts);

  it('is for nobody else to read', async () => {
    await folder.write(note('tea', 'Likes tea.'), 1);
    expect(statSync(path('tea.md')).mode & 0o777).toBe(0o600);
    expect(statSync(path()).mode & 0o777).toBe(0o700);
    expect(readdirSync(path())).toEqual(['tea.md']);
  });

  it('brings back what was changed or forgotten, and forgets it for good after 30 days', async () => {
    await folder.write(note('tea', 'one'), 1);
    await folder.write(note('tea', 'two'), 2);
    await folder.restore('tea', 3);
    expect(await folder.read('tea')).toMatchObject({ text: 'one' });
    await folder.forget('tea', 4);
    expect([await folder.read('tea'), await folder.files()]).toEqual([undefined, []]);
    expect(await folder.forgotten('tea')).toMatchObject({ text: 'one' });
    await folder.write(note('cake', 'x'), 5);
    await folder.forget('cake', 4 + 31 * 86_400_000);
    expect(await folder.forgotten('tea')).toBeUndefined();
  });

  it('follows no link, neither of a note nor of a folder', async () => {
    const secret = join(root, 'secret.md');
    writeFileSync(secret, 'SECRET');
    mkdirSync(path(), { recursive: true });
    symlinkSync(secret, path('planted.md'));
    expect(await folder.files()).toEqual([]);
    await expect(folder.read('planted')).rejects.toThrow('not followed');
    await folder.write(note('planted', 'mine'), 1);
    expect(readFileSync(secret, 'utf8')).toBe('SECRET');
    rmSync(path(), { recursive: true });
    mkdirSync(join(root, 'elsewhere'));
    writeFileSync(join(root, 'elsewhere', 'tea.md'), 'SECRET');
    symlinkSync(join(root, 'elsewhere'), path());
    expect([await folder.files(), await folder.read('tea')]).toEqual([[], undefined]);
    await expect(folder.write(note('tea', 'x'), 1)).rejects.toThrow('is a link');
    expect(readFileSync(join(root, 'elsewhere', 'tea.md'), 'utf8')).toBe('SECRET');
  });

  it('reads no more of a file than it has room for', async () => {
    mkdirSync(path(), { recursive: true });
    writeFileSync(path('long.md'), 'ä'.repeat(100_000));
    const { text = '' } = (await folder.read('long')) ?? {};
    expect(text.length).toBeLessThan(70_000);
    expect(text).toMatch(/ä\n\(The rest of the file is not read\.\)$/);
  });

  it.each(['..', 'a/b', '', 'A'])('is nobody’s that is called %j', (person) => {
    expect(() => openFolder(root, { agent: 'atom', person })).toThrow('nobody’s');
  });
});

const NOTES: Readonly<Record<string, string>> = {
  tea: 'Takes tea with milk, never coffee.',
  allergy: 'Is allergic to peanuts.',
  dog: 'Der Hund heißt Bello und mag Käse.',
  food: '我喜欢吃素，不吃肉。',
  birthday: 'День рождения мамы: 3 мая',
  café: 'Meets Zoë at the Café Müller on Fridays.',
  wifi: 'The router stands in the hall.',
  boat: 'Owns a boat.',
};

describe('a search', () => {
  const open = async () => {
    const root = freshFolder();
    const { store } = await freshStore();
    const finder = createFinder({ store, monotonic: () => 0 });
    const folder = openFolder(root, place);
    for (const [name, text] of Object.entries(NOTES)) await folder.write(note(name, text), 1);
    return {
      root,
      store,
      finder,
      folder,
      find: (words: string) => finder.find(folder, place, words),
    };
  };

  it('finds notes by words of any language, however they are bent or accented', async () => {
    const { find } = await open();
    const first = async (words: string): Promise<string | undefined> => (await find(words))[0];
    for (const [words, name] of [
      ['how do I like my tea?', 'tea'],
      ['any allergies?', 'allergy'],
      ['Was mögen Hunde: KASE?', 'dog'],
      ['吃素', 'food'],
      ['когда день рождения?', 'birthday'],
      ['cafe muller', 'café'],
      ['wifi', 'wifi'],
      ['zoe', 'café'],
      ['which routers?', 'wifi'],
      ['any boats?', 'boat'],
      ['fridays', 'café'],
    ] as const)
      expect([words, await first(words)]).toEqual([words, name]);
    expect(await find('submarine')).toEqual([]);
    expect(await find('?!')).toHaveLength(Object.keys(NOTES).length);
  });

  it('takes nothing of what is searched for anything but words', async () => {
    const { find } = await open();
    for (const words of [
      '"',
      'tea" OR "*',
      'NEAR(',
      'name:tea',
      '-tea',
      'x* AND',
      "'); DROP TABLE note",
    ])
      await expect(find(words)).resolves.toBeInstanceOf(Array);
    expect((await find('NOT tea'))[0]).toBe('tea');
  });

  it('sees what was added, changed and removed by hand', async () => {
    const { root, find } = await open();
    const file = (name: string): string => join(root, 'atom', 'owner', `${name}.md`);
    expect(await find('submarine')).toEqual([]);
    writeFileSync(file('My boat'), 'Has a yellow submarine.');
    expect(await find('submarine')).toEqual(['My boat']);
    writeFileSync(file('tea'), 'Takes tea with lemon.');
    expect([await find('lemon'), await find('milk')]).toEqual([['tea'], []]);
    rmSync(file('tea'));
    expect(await find('lemon')).toEqual([]);
  });

  it('never finds what is somebody else’s', async () => {
    const { root, store, finder, find } = await open();
    const other = { agent: 'atom', person: 'telegram-77' };
    const theirs = openFolder(root, other);
    await theirs.write(note('tea', 'Dana hates tea and owns a submarine.'), 1);
    expect(await finder.find(theirs, other, 'tea submarine')).toEqual(['tea']);
    expect(await find('submarine')).toEqual([]);
    expect(await store.all('SELECT person FROM note WHERE name = $1', 'tea')).toHaveLength(2);
  });

  it('asks for a word that most notes have only where no other of them is found', async () => {
    const { store, find } = await open();
    await find('tea');
    const many = { ...place, agent: 'busy' };
    await store.tx(async (sql) => {
      for (let n = 0; n <= 1000; n++)
        await noteWords(sql, many, { name: `n${n}`, size: 1, changedAt: 1, words: 'diary tea' });
      await noteWords(sql, many, { name: 'ski', size: 1, changedAt: 1, words: 'diary skiing' });
    });
    const fitting = async (at: typeof place, ...words: readonly string[]) =>
      (await fittingNotes(store, at, { words, most: 3 })).map(({ name }) => name);
    expect(await fitting(many, 'diary', 'skiing', 'boats')).toEqual(['ski']);
    expect(await fitting(many, 'diary', 'boats')).toHaveLength(3);
    // Another's notes are not counted among one's own.
    expect(await fitting(place, 'tea', 'boat')).toEqual(['boat', 'tea']);
  });
});

it('somebody who is no owner has so many notes and no more, and is told what to do', async () => {
  const root = freshFolder();
  const person = personKey({ channel: 'telegram', account: '1', peer: '42' });
  const { store } = await freshStore();
  const writer = (whose: string) =>
    createMemoryWrite({
      root,
      now: () => 1,
      sourcesOf: async () => [],
      redaction: async () => (text) => text,
      finder: createFinder({ store, monotonic: () => 0 }),
      personOf: async () => ({ person: whose, chat: 's' }),
    });
  const agent = { id: 'atom', name: 'atom', maturity: 'intern' } as Agent;
  const keep = (whose: string, more: object = {}) =>
    writer(whose).prepare({ session: 's', text: 'Likes tea.', ...more }, agent);
  const fill = (whose: string, many: number, text: string) => {
    mkdirSync(join(root, 'atom', whose), { recursive: true });
    for (let n = 0; n < many; n++) writeFileSync(join(root, 'atom', whose, `n${n}.md`), text);
  };
  fill(person, 199, 'x');
  expect(await keep(person)).toMatchObject({ card: { words: ['Remember: Likes tea.'] } });
  fill(person, 200, 'x');
  await expect(keep(person)).rejects.toMatchObject({
    message: expect.stringContaining('atom keeps 200 notes of one person'),
    next: [expect.stringContaining('forget note NAME'), expect.stringContaining('atom memory')],
  });
  expect(await keep(person, { note: 'n1' })).toMatchObject({ declared: { complexity: 3 } });
  const long = personKey({ channel: 'telegram', account: '1', peer: '43' });
  fill(long, 70, 'x'.repeat(3800));
  await expect(keep(long)).rejects.toThrow('262 kB of notes of one person');
  fill('owner', 300, 'x'.repeat(3800));
  expect(await keep('owner')).toMatchObject({ card: { words: ['Remember: Likes tea.'] } });
});
