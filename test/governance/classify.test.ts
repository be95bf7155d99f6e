import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyArgv } from '../../src/governance/classify.ts';
import { commandRules } from '../../src/governance/commands/table.ts';
import { effectOf, weigh } from '../../src/governance/weigh.ts';
import { brokenExamples } from '../../src/governance/words/examples.ts';

const rate = (line: string): number => classifyArgv(line.split(' ')).complexity;

describe('what a command would do', () => {
  it.each(commandRules.map((rule) => [rule.names, rule] as const))(
    'is known by the examples of its own rule: %s',
    (_, rule) => {
      expect(brokenExamples(rule, (argv) => effectOf(weigh({ argv }).findings))).toEqual([]);
    },
  );

  it('is told with a reason, always', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (argv) => {
        expect(classifyArgv(argv).reasons.join('')).not.toBe('');
      }),
    );
  });

  it('counts as the worst where the program is not known', () => {
    const known = new Set(commandRules.flatMap(({ names }) => names.split(' ')));
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (program, rest) => {
        fc.pre(!known.has(program.split('/').at(-1) ?? ''));
        expect(classifyArgv([program, ...rest]).complexity).toBe(4);
      }),
      { numRuns: 500 },
    );
    for (const line of ['', 'python3 x', 'bash -c ls', 'sudo ls', 'env ls', 'xargs rm', 'LS'])
      expect(rate(line)).toBe(4);
  });

  it('counts as the worst where a known name stands for a file of its own', () => {
    for (const line of ['./ls', '/tmp/ls', 'bin/cat x', '/usr/bin/../../tmp/ls', '/work/bin/ls'])
      expect(rate(line)).toBe(4);
    expect(rate('/usr/bin/ls')).toBe(1);
    expect(rate('/bin/ls')).toBe(1);
  });

  it.each([
    ['sort --comp=sh x', 4],
    ['sort --compress-p=sh x', 4],
    ['sort --o=y x', 3],
    ['sort -ro y x', 3],
    ['sort -oy x', 3],
    ['tree -ao x', 3],
    ['rg --pre=sh x', 4],
    ['git log --outp=x', 3],
    ['git diff --ext x', 4],
    ['git grep -Osh x', 4],
    ['tar -xIsh f', 4],
    ['tar xIf sh a.tar', 4],
    ['tar --use-comp=sh -xf a.tar', 4],
    ['chmod -vR 777 x', 4],
    ['find . -execdir sh {} ;', 4],
  ])('is seen behind abbreviations and clusters: %s', (line, least) => {
    expect(rate(line)).toBeGreaterThanOrEqual(least);
  });

  it.each([
    ['find -- . -delete', 4],
    ['find . -name -- -exec sh {} ;', 4],
    ['sort -T -- -o out in', 3],
    ['rg -e -- --pre=sh x', 4],
    ['git log --grep -- --output=x', 3],
    ['git grep -e -- -Osh', 4],
  ])('is not hidden behind two dashes: %s', (line, least) => {
    expect(rate(line)).toBeGreaterThanOrEqual(least);
  });

  it.each([
    'git -c core.pager=sh log',
    'git -ccore.pager=sh diff',
    'git --config-env=a=b show',
    'git --exec-path=/tmp status',
    'git -C status rm x',
    'git --paginate status',
    'git -p log',
    'git stash clear',
    'git switch -f main',
    'git unknown',
    'git',
  ])('is the worst where git may run or throw away something: %s', (line) => {
    expect(rate(line)).toBe(4);
  });

  it('is a look where it is one', () => {
    for (const line of [
      'git status',
      'git -C src log --oneline -10',
      'git log -p',
      'git diff -- a b',
      'git branch -a',
      'ls -la',
      'grep -rn needle src',
      'find src -name x',
      'cat a b',
    ])
      expect(`${line}: ${rate(line)}`).toBe(`${line}: 1`);
  });
});

const CORPORA = join(import.meta.dirname, '../../../shared/corpora');
const PLAIN = /^[A-Za-z0-9_./:=@%+,-]+( [A-Za-z0-9_./:=@%+,-]+)*$/;

const rows = (name: string): readonly { readonly cmd: string; readonly label?: string }[] =>
  readFileSync(join(CORPORA, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** Reading what a jail lets be read is a look, whatever it is called: the jail decides what is there. */
const READS = /^(cat|grep|git blame) |--files0-fro=/;

describe.skipIf(!existsSync(join(CORPORA, 'shell_dcg.jsonl')))(
  'commands that others collected (only where the corpora are at hand)',
  () => {
    it('are never taken for a look where they are dangerous', () => {
      const wrong = rows('shell_dcg.jsonl')
        .filter(({ cmd, label }) => label === 'dangerous' && PLAIN.test(cmd))
        .filter(({ cmd }) => rate(cmd) < 4);
      expect(wrong.map(({ cmd }) => cmd)).toEqual([]);
    });

    it('are never taken for a look where they get past a list of first words', () => {
      const wrong = rows('shell_bypass.jsonl')
        .filter(({ cmd }) => PLAIN.test(cmd) && !READS.test(cmd))
        .filter(({ cmd }) => rate(cmd) === 1);
      expect(wrong.map(({ cmd }) => cmd)).toEqual([]);
    });
  },
);
