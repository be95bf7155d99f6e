import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { gitOwnerIn, gitSettings, readGitOwner } from '../../src/jail/git-settings.ts';

test('who commits is read from the owner’s settings, and nothing else is', () => {
  const text = `[core]\n\tsshCommand = evil\n\tname = no\n[user] # me\n  Name = "Dana \\"D\\" Doe" ; x\n
  email = dana@example.org # mine\n  signingKey = secret\n[init]\n\tdefaultBranch=trunk\n`;
  const owner = gitOwnerIn(text);
  expect(owner).toEqual({
    name: 'Dana "D" Doe',
    email: 'dana@example.org',
    defaultBranch: 'trunk',
  });
  expect(gitOwnerIn(gitSettings(owner))).toEqual(owner);
});

test.each([
  ['a line that only git could read', '[user]\nname = "a" b "c"\n'],
  ['a section of the same line', '[user]\n[x] y = 1\nname = a\n'],
  ['a sub-section', '[user "x"]\nname = a\n'],
  ['a section of another case with a dot', '[user.x]\nname = a\n'],
  ['control characters', '[user]\nname = a\u001bb\n'],
  ['an address in the name', '[user]\nname = a <b@c>\n'],
  ['a line that goes on', '[alias]\nx = a \\\nname = b\n[user]\n'],
])('is left out where it is not certain: %s', (_what, text) => {
  expect(gitOwnerIn(text)).toEqual({});
});

test('an owner who is not known is not made up: atom commits by its own name', () => {
  for (const owner of [{}, { name: 'Dana' }, { email: 'dana@example.org' }])
    expect(gitOwnerIn(gitSettings(owner))).toMatchObject({
      name: 'atom',
      email: 'atom@localhost',
    });
});

test('of several files the last counts; links are followed, and what is missing is not missed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atom-git-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [first, second, link] = ['a', 'b', 'c'].map((name) => join(folder, name));
  if (!first || !second || !link) throw new Error('three names');
  writeFileSync(first, '[user]\nname = one\nemail = one@example.org\n');
  writeFileSync(second, '[user]\nname = two\n');
  symlinkSync(second, link);
  expect(readGitOwner([first, join(folder, 'none'), folder, link])).toEqual({
    name: 'two',
    email: 'one@example.org',
  });
});
