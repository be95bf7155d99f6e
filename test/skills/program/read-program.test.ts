import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandIn, readProgram } from '../../../src/skills/program/read-program.ts';

const python = fileURLToPath(new URL('../../../src/skills/program/python', import.meta.url));

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atom-program-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const manifest = {
  name: 'echo',
  description: 'Says it again',
  version: '1.0.0',
  complexity: 1,
  input: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
  command: ['python3', 'echo.py'],
};

const put = (change: object | string, files: readonly string[] = ['echo.py']): string => {
  const folder = join(root, 'echo');
  mkdirSync(folder, { recursive: true });
  const text = typeof change === 'string' ? change : JSON.stringify({ ...manifest, ...change });
  writeFileSync(join(folder, 'skill.json'), text);
  for (const file of files) writeFileSync(join(folder, file), '');
  return folder;
};
const read = (folder: string) => readProgram(folder, (name) => name === 'python3');

describe('a skill that is a program', () => {
  it('is described by its skill.json, and bound to its whole folder', async () => {
    const { skill, command, contents } = await read(put({ permissions: { net: ['example.org'] } }));
    expect(skill).toMatchObject({
      name: 'echo',
      kind: 'program',
      complexity: 1,
      examples: [],
      permissions: { files: 'none', net: ['example.org'] },
      digest: contents.digest,
    });
    expect(commandIn(command, contents, '/in')).toEqual(['python3', '/in/echo.py']);
  });

  it('may be a program of its own folder', async () => {
    const folder = put({ command: ['./run', '--fast'] }, ['run']);
    await expect(read(folder)).rejects.toThrow('./run may not be run');
    chmodSync(join(folder, 'run'), 0o755);
    const { command, contents } = await read(folder);
    expect(commandIn(command, contents, '/in')).toEqual(['/in/run', '--fast']);
  });

  it('is the Python example as it stands', async () => {
    const folder = join(root, 'csv-sums');
    cpSync(python, folder, { recursive: true });
    expect((await read(folder)).skill).toMatchObject({ name: 'csv-sums', complexity: 1 });
  });

  it.each<[string, object | string, RegExp]>([
    ['is no JSON', '{\n  "name": "echo",\n  oops\n}', /^skill\.json:3: it is no JSON/],
    ['lacks a field', { description: undefined }, /^skill\.json: description: /],
    ['has a field that nobody knows', { runs: 'x' }, /^skill\.json: the whole: .*runs/],
    ['is named otherwise', { name: 'other' }, /calls itself other, but its folder is echo/],
    ['writes and only looks', { permissions: { files: 'write' } }, /at least 3/],
    ['takes no object', { input: { type: 'string' } }, /input\.type: make it an object/],
    ['takes what cannot be checked', { input: { type: 'object', if: {} } }, /"if" is not checked/],
    ['needs what is not there', { command: ['ruby', 'echo.rb'] }, /`ruby`, not found/],
    [
      'names a file that is not there',
      { command: ['python3', 'no.py'] },
      /there is no file no\.py/,
    ],
    ['has no command', { command: [] }, /^skill\.json: command: /],
  ])('says what is wrong: it %s', async (_, change, words) => {
    await expect(read(put(change))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(words),
      next: [expect.stringMatching(/\w/)],
    });
  });
});
