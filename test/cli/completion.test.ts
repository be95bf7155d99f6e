import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { bash } from '../../src/cli/completion/bash.ts';
import { fish } from '../../src/cli/completion/fish.ts';
import { powershell } from '../../src/cli/completion/powershell.ts';
import { placesOf } from '../../src/cli/completion/words.ts';
import { zsh } from '../../src/cli/completion/zsh.ts';

/** As atom's own is built, with words that every shell would rather read otherwise. */
function program(): Command {
  const atom = new Command('atom')
    .option('-p, --profile <name>', 'another')
    .option('--json', 'one');
  const chats = atom.command('channels').description("the owner's $(chats)");
  chats.command('add').option('--set <pair>', 'a `setting`');
  chats.command('reopen').description('Open it anew');
  atom.command('chat').description('talk; then more');
  return atom;
}

const places = placesOf(program());
const folder = mkdtempSync(join(tmpdir(), 'atom-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** What bash offers for the last word of a line. */
function offered(...words: readonly string[]): readonly string[] {
  const file = written('atom.bash', bash(places));
  const script =
    'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _atom; printf "%s\\n" "${COMPREPLY[@]}"';
  const { stdout } = spawnSync('bash', ['-c', script, 'bash', file, ...words], {
    encoding: 'utf8',
  });
  return stdout.split('\n').filter((line) => line !== '');
}

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

describe('the completion of command lines', () => {
  it.each([
    [
      ['atom', 'ch'],
      ['channels', 'chat'],
    ],
    [
      ['atom', 'channels', ''],
      ['add', 'reopen'],
    ],
    [['atom', '--json', 'channels', 're'], ['reopen']],
    [
      ['atom', '-p', 'channels', 'ch'],
      ['channels', 'chat'],
    ],
    [['atom', 'channels', 'add', '--s'], ['--set']],
    [['atom', 'channels', 'add', '--j'], ['--json']],
    [['atom', 'channels', 'add', '--set', 're'], []],
    [['atom', 'chat', 'ch'], []],
  ])('in bash, %j is followed by %j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });

  it('says in one line what a word is for', () => {
    expect(places[0]?.commands).toEqual([
      { word: 'channels', says: "the owner's $(chats)" },
      { word: 'chat', says: 'talk' },
    ]);
  });

  it('keeps words that a shell would act on as they are', () => {
    expect(zsh(places)).toContain(String.raw`'channels:the owner'\''s $(chats)'`);
    expect(fish(places)).toContain(String.raw`-d 'the owner\'s $(chats)'`);
    expect(powershell(places)).toContain(`@('channels', 'the owner''s $(chats)')`);
  });

  // Neither is on every machine, nor needed for anything else.
  it.skipIf(!has('zsh'))('is taken by zsh', () => {
    expect(spawnSync('zsh', ['-n', written('_atom', zsh(places))]).status).toBe(0);
  });

  it.skipIf(!has('fish'))('is offered by fish, with what it is for', () => {
    const file = written('atom.fish', fish(places));
    const { stdout } = spawnSync('fish', ['-c', `source ${file}; complete -C 'atom channels re'`], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('reopen\tOpen it anew\n');
  });
});
