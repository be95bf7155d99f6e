import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asAtomError } from '../../../src/base/errors.ts';
import { readTextSkill } from '../../../src/skills/text/read-text-skill.ts';
import { collection, layOut } from './collection.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atom-text-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (folder: string, bytes: string | Buffer, file = 'SKILL.md'): string => {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, file), bytes);
  return join(root, folder);
};

describe('a public collection', () => {
  it('has fifty folders of as many shapes', () => {
    expect(new Set(collection.map(({ folder }) => folder)).size).toBe(50);
  });

  it.each(collection)('is read without change: $folder', async ({ read, note, ...specimen }) => {
    const [folder = ''] = layOut(root, [{ ...specimen, read }]);
    const { skill, body, contents } = await readTextSkill(folder);
    expect(skill).toMatchObject({ ...read, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(body).toContain('#');
    expect(contents.files).toHaveLength(Object.keys(specimen.files).length);
    const noted = note === undefined || note.source === '^$' ? [] : [expect.stringMatching(note)];
    expect(skill.notes).toEqual(noted);
  });
});

const head = (...lines: readonly string[]): string => ['---', ...lines, '---', 'Do it.'].join('\n');
const name = 'name: broken';
const description = 'description: Breaks';

describe('a SKILL.md that cannot be used', () => {
  it.each([
    ['is empty', '', 1, /is empty/],
    ['has no frontmatter', '# Only words\n', 1, /does not begin with a line "---"/],
    [
      'begins with something else',
      `\n\n<!-- x -->\n${head(name, description)}`,
      3,
      /does not begin/,
    ],
    ['is fenced as code', `\`\`\`yaml\n${head(name, description)}`, 1, /does not begin/],
    ['never ends its frontmatter', `---\n${name}\n${description}\n\n# Do it`, 1, /does not end/],
    ['has no fields', '---\n---\nDo it.', 2, /has no fields/],
    ['has a list of fields', head('- name', '- description'), 2, /has no fields/],
    ['has no description', head(name, 'license: MIT'), 1, /description is missing/],
    ['has an empty description', head(name, 'description:'), 3, /description is no text/],
    ['has a description of blanks', head(name, 'description: "  "'), 3, /description is no text/],
    [
      'has a list for a description',
      head(name, 'description: [a, b]'),
      3,
      /description is no text/,
    ],
    [
      'has a head of more lines than are read',
      head(name, description, ...Array.from({ length: 200 }, () => 'a: [')),
      1,
      /202 lines .*; 200 with 8192 are read/,
    ],
    ['has a head that is too wide', head(name, description, `a: ${'['.repeat(9000)}`), 1, /8192/],
    [
      'has more faults than are mended',
      head(name, ...Array.from({ length: 11 }, (_, at) => `description${at}: a: b`)),
      3,
      /no YAML: Nested mappings/,
    ],
    [
      'names a field of its metadata twice',
      head(name, description, 'metadata:', '  a: 1', '  a: 2'),
      6,
      /no YAML: Map keys must be unique/,
    ],
    ['names a field twice', head(name, description, name), 4, /no YAML: Map keys must be unique/],
    [
      'indents with tabs',
      head(name, description, 'metadata:', '\topenclaw: x'),
      5,
      /no YAML: Tabs/,
    ],
    [
      'never closes its metadata',
      head(name, description, 'metadata: {"a": {"b": 1}'),
      4,
      /no YAML/,
    ],
    ['indents at random', head(name, description, 'metadata:', '    a: 1', '  b: 2'), 6, /no YAML/],
    [
      'needs something unreadable',
      head(name, description, 'metadata: {openclaw: [x]}'),
      4,
      /cannot be read/,
    ],
    [
      'has JSON that is none',
      head(name, description, `metadata: '{"openclaw": {'`),
      4,
      /cannot be read/,
    ],
    ['uses aliases', head(name, description, 'x: &x [1]', 'y: *x'), 2, /anchors and aliases/],
    [
      'holds bytes that are no UTF-8',
      Buffer.from(head(name, 'description: caf\xe9'), 'latin1'),
      3,
      /not UTF-8/,
    ],
    ['is in UTF-16', Buffer.from(`\uFEFF${head(name, description)}`, 'utf16le'), 1, /UTF-16/],
    ['holds a NUL', head(name, 'description: a\0b'), 3, /not UTF-8/],
    ['is far too long', `${head(name, description)}\n${'x'.repeat(300_000)}`, 1, /at most 262144/],
  ])('says so, where, and what to do: it %s', async (_, bytes, line, words) => {
    const folder = put('broken', bytes);
    const error = asAtomError(await readTextSkill(folder).catch((thrown: unknown) => thrown));
    expect(error.message).toMatch(words);
    expect(error.message).toMatch(new RegExp(`^SKILL\\.md:${line}: `));
    expect(error).toMatchObject({ code: 'usage', next: [expect.stringMatching(/\w+/)] });
  });

  it.each([
    ['has a name that is too long', 'x'.repeat(65), /65 characters/],
    ['has a name of signs only', '___', /no name that can be typed/],
  ])('says so: its folder %s', async (_, folder, words) => {
    await expect(readTextSkill(put(folder, head(description)))).rejects.toThrow(words);
  });

  it('is not there, or spelled otherwise', async () => {
    await expect(readTextSkill(put('broken', 'x', 'skill.md'))).rejects.toThrow('no such file');
    await expect(readTextSkill(join(root, 'gone'))).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the folder of a skill of words', () => {
  it('has another digest once a name, a byte or an executable bit changed', async () => {
    const folder = put('one', head('name: one', description));
    const digest = async () => (await readTextSkill(folder)).skill.digest;
    const seen = [await digest()];
    expect(await digest()).toBe(seen[0]);
    put('one', 'echo 1', 'run.sh');
    seen.push(await digest());
    put('one', 'echo 2', 'run.sh');
    seen.push(await digest());
    put('one', 'echo 2', 'run2.sh');
    seen.push(await digest());
    expect(new Set(seen).size).toBe(4);
  });

  it('holds nothing that it only links to', async () => {
    const folder = put('one', head('name: one', description));
    writeFileSync(join(root, 'secret'), 'CANARY');
    symlinkSync(join(root, 'secret'), join(folder, 'secret.md'));
    symlinkSync(root, join(folder, 'all'));
    const { skill, contents } = await readTextSkill(folder);
    expect(contents.files.map(({ path }) => path)).toEqual(['SKILL.md']);
    expect(skill.notes).toEqual([
      expect.stringContaining('"all" is a link'),
      expect.stringContaining('"secret.md" is a link'),
    ]);
  });

  it('is refused where it is too large', async () => {
    const folder = put('one', head('name: one', description));
    for (let i = 0; i < 501; i++) writeFileSync(join(folder, `${i}.txt`), '');
    await expect(readTextSkill(folder)).rejects.toThrow('at most 500 files');
  });
});
