import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCommands } from '../../src/cli/commands/all.ts';
import { bash } from '../../src/cli/completion/bash.ts';
import { completedOf } from '../../src/cli/completion/completion.ts';
import { fish } from '../../src/cli/completion/fish.ts';
import { powershell } from '../../src/cli/completion/powershell.ts';
import { brief, type Place } from '../../src/cli/completion/words.ts';
import { zsh } from '../../src/cli/completion/zsh.ts';
import { createProgram } from '../../src/cli/program.ts';
import { createReadyWorld, type World } from './world.ts';

const places = completedOf(createProgram(() => async () => undefined, addCommands));
const folder = mkdtempSync(join(tmpdir(), 'atom-completion-'));
let world: World;
let env: Readonly<Record<string, string>>;
beforeAll(async () => {
  for (const [name, make] of Object.entries({ bash, zsh, fish, powershell }))
    writeFileSync(join(folder, name), make(places));
  world = await createReadyWorld();
  // What a shell finds by the name `atom`.
  const bin = join(world.home, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'atom'), `#!/bin/sh\nexec '${process.execPath}' '${world.atom}' "$@"\n`);
  chmodSync(join(bin, 'atom'), 0o755);
  env = { ...world.env, PATH: `${bin}:${world.env.PATH}`, TERM: 'dumb' };
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  world.remove();
});

/** What a shell offers for the last of some words, behind `atom`. */
type Offer = (words: readonly string[]) => readonly string[];

const run = (shell: string, args: readonly string[]): readonly string[] => {
  const { stdout, stderr } = spawnSync(shell, args, { encoding: 'utf8', env, cwd: folder });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
};

/** Through the function that bash calls, with the words as it parts them: an equals sign is one of its own. */
const inBash: Offer = (words) => {
  const parted = words.flatMap((word) => {
    const [, name, value = ''] = /^(--[a-z-]+)=(.*)$/.exec(word) ?? [];
    if (name === undefined) return [word];
    return value === '' ? [name, '='] : [name, '=', value];
  });
  const script =
    'source "$1"; shift; COMP_WORDS=(atom "$@"); COMP_CWORD=$#; _atom; printf "%s\\n" "${COMPREPLY[@]}"';
  return run('bash', ['-c', script, 'bash', join(folder, 'bash'), ...parted]);
};

/** Through the function that zsh calls; what it would be handed is printed and not drawn. */
const inZsh: Offer = (words) => {
  const script = `
_files() { print -r -- FILES }
_describe() { local one; [[ $1 == -o ]] && shift; for one in \${(P)2}; do print -r -- "\${one%%:*}"; done }
compadd() { print -rl -- \${(P)2} }
compset() { words[CURRENT]="\${words[CURRENT]#*=}" }
compdef() { : }
source $1; shift; words=(atom "$@"); CURRENT=$#words; _atom`;
  const last = words.at(-1) ?? '';
  return run('zsh', ['-fc', script, 'zsh', join(folder, 'zsh'), ...words]).filter((word) =>
    word.startsWith(last.replace(/^--[a-z-]+=/, '')),
  );
};

/** As fish itself answers for a line; what the words are for is left out. */
const inFish: Offer = (words) =>
  run('fish', ['--no-config', '-c', `source ${folder}/fish; complete -C 'atom ${words.join(' ')}'`])
    .map((line) => line.replace(/\t.*/, '').replace(/^--[a-z-]+=(?=.)/, ''))
    .toSorted();

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

const CASES: readonly (readonly [line: string, expected: readonly string[]])[] = [
  ['sta', ['start', 'stats', 'status']],
  ['-p feed sta', ['start', 'stats', 'status']],
  ['feed re', ['react', 'reply']],
  ['--json feed re', ['react', 'reply']],
  ['start --lifeline', []],
  ['start --w', ['--watch-skills']],
  ['feed --f', ['--follow']],
  ['feed --a', ['--agent']],
  ['feed show --k', ['--kind']],
  ['feed show --j', ['--json']],
  ['feed show --kind ', ['alert', 'insight', 'question', 'status']],
  ['feed --kind qu', ['question']],
  ['feed post --kind=al', ['alert']],
  ['--color ', ['always', 'auto', 'never']],
  ['completion ', ['bash', 'fish', 'powershell', 'zsh']],
  ['help ex', ['exit-codes']],
  ['channels add tele', ['telegram']],
  ['senders role somebody m', ['member']],
  ['jails set work --mode ', ['read-only', 'read-write']],
  ['config set edition ', ['enterprise', 'personal']],
  ['config set ui.th', ['ui.theme']],
  ['config get retention.r', ['retention.recordDays']],
  ['mcp classify files tool ', ['1', '2', '3', '4']],
  ['logs --level w', ['warn']],
  // Looked up in the files of the profile, by atom itself.
  ['--profile ', ['default']],
  ['jails show ', ['work']],
  ['rules add x --jail w', ['work']],
  ['skills info rem', ['reminders']],
];

describe('the completion of command lines', () => {
  it.each(CASES)('in bash, “atom %s” goes on with %j', (line, expected) => {
    expect(inBash(line.split(' ')).toSorted()).toEqual(expected);
  });

  // Neither is on every machine, nor needed for anything else.
  it.skipIf(!has('zsh')).each(CASES)('in zsh, “atom %s” goes on with %j', (line, expected) => {
    expect(inZsh(line.split(' ')).toSorted()).toEqual(expected);
  });

  it.skipIf(!has('fish')).each(CASES)('in fish, “atom %s” goes on with %j', (line, expected) => {
    expect(inFish(line.split(' '))).toEqual(expected);
  });

  it('leaves files to the shell where nothing is known', () => {
    writeFileSync(join(folder, 'letter.txt'), '');
    expect(inBash(['chat', 'let'])).toEqual([]);
    expect(inBash(['audit', 'export', '--out', 'let'])).toEqual([]);
    if (has('zsh')) expect(run('zsh', ['-n', join(folder, 'zsh')])).toEqual([]);
    if (has('fish')) expect(inFish(['audit', 'export', '--out', 'let'])).toEqual(['letter.txt']);
  });

  it('keeps words that a shell would act on as they are', () => {
    const says = "the owner's $(chats): `all`";
    const odd: readonly Place[] = [
      { path: '', commands: [{ word: 'chats', says }], options: [], values: {}, args: [] },
    ];
    expect(zsh(odd)).toContain(String.raw`'chats:the owner'\''s $(chats): ${'`all`'}'`);
    expect(fish(odd)).toContain(String.raw`'chats'\t'the owner\'s $(chats): ${'`all`'}'`);
    expect(powershell(odd)).toContain(`@('chats', 'the owner''s $(chats): ${'`all`'}')`);
  });

  // No PowerShell is in Debian or on npm: its script is looked at, and not run.
  it('offers PowerShell the same words', () => {
    const script = powershell(places);
    expect(script).toContain("'--kind' = @(,@('status', 'status'); ,@('insight', 'insight')");
    expect(script).not.toContain('--lifeline');
    // Names there differ by more than their case, or the whole table is refused.
    for (const names of [
      places.map(({ path }) => path),
      ...places.map((one) => Object.keys(one.values)),
    ])
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    const open = [...script.replace(/'(?:''|[^'])*'/g, '')];
    for (const [one, other] of ['()', '{}', '[]'])
      expect(open.filter((sign) => sign === one)).toHaveLength(
        open.filter((sign) => sign === other).length,
      );
  });
});

describe('what is looked up while somebody types', () => {
  const names = async (what: string): Promise<readonly string[]> => {
    const { code, stdout } = await world.run(['completion-values', what]);
    expect(code).toBe(0);
    return stdout.split('\n').filter(Boolean);
  };

  it('comes from the settings, unchecked, and hands a shell nothing that it would act on', async () => {
    const before = readFileSync(world.config, 'utf8');
    const odd = { name: '$(touch x)' };
    const settings = {
      ...JSON.parse(before),
      users: { dana: {}, 'a b': {} },
      channels: { telegram: {}, own: { hub: {} }, a2a: { remotes: [{ name: 'partner' }] } },
      rules: [{ name: 'no-push' }, odd, null, 7],
      mcp: 'none',
    };
    writeFileSync(world.config, JSON.stringify(settings));
    expect(await names('users')).toEqual(['dana']);
    expect(await names('channels')).toEqual(['a2a', 'own-hub', 'telegram']);
    expect(await names('remotes')).toEqual(['partner']);
    expect(await names('rules')).toEqual(['no-push']);
    expect(await names('mcp')).toEqual([]);
    writeFileSync(world.config, 'no JSON');
    expect(await names('users')).toEqual([]);
    writeFileSync(world.config, before);
  });

  it('is nothing where there is nothing, or nobody knows what is meant', async () => {
    for (const what of ['agents', 'modules', 'constructor', 'gossip'])
      expect(await names(what)).toEqual([]);
  });
});

describe('what a word is for', () => {
  it.each([
    ['say more (twice: everything)', 'say more (twice: everything)'],
    ['talk; then more', 'talk'],
    ['Help on a topic: approvals, agents', 'Help on a topic'],
    ['one\ntwo', 'one'],
    [
      'Agents of other people that may speak to yours, as guests (off until you add one)',
      'Agents of other people that may speak to yours, as guests…',
    ],
  ])('“%s” is said as “%s”', (text, said) => {
    expect(brief(text)).toBe(said);
  });

  it('is never broken off within a word or a bracket', () => {
    const said = places.flatMap(({ commands, options }) =>
      [...commands, ...options].map(({ says }) => says),
    );
    const count = (text: string, sign: string) => text.split(sign).length;
    expect(said.length).toBeGreaterThan(300);
    expect(said.filter((says) => count(says, '(') !== count(says, ')'))).toEqual([]);
  });
});
