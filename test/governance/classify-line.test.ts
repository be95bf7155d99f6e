import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLine } from '../../src/domain/shell-line/read-line.ts';
import type { Circumstances } from '../../src/governance/classify.ts';
import { classifyScript, classifyWords } from '../../src/governance/classify-line.ts';
import { goodLines } from '../domain/shell-line/lines.ts';

const here: Circumstances = { undo: true };
const bare: Circumstances = { undo: false };

function scriptOf(line: string) {
  const reading = readLine(line);
  if (!reading.ok) throw new Error(`${line}: ${reading.why}`);
  return reading.script;
}
const classify = (line: string, circumstances = here) =>
  classifyScript(scriptOf(line), circumstances);

describe('a line', () => {
  it.each([
    ['sed -i s/a/b/ *.txt', 3],
    ['sed s/a/b/ ./*.txt', 1],
    ['sed -i s/a/b/ $FILES', 4],
    ['sed -i s/a/b/ $FILES *.txt', 4],
    ['ls | xargs sed -i s/a/b/ *.txt', 4],
    ['sed -i *.txt', 4],
  ])(
    'that edits whatever files there are is as grave as what their names could do: %s',
    (line, how) => {
      expect(classify(line).complexity).toBe(how);
    },
  );

  it.each([
    'ls | sort | uniq -c',
    'cat a.txt && wc -l < a.txt || echo none >&2',
    'cd src && ls; cd ..; pwd',
    'ls 2>/dev/null',
    'if [ -f x ]; then cat x; else echo no; fi',
    'for f in a b; do echo $f; done',
    'while IFS= read -r line; do echo "$line"; done < a.txt',
    'echo "$(ls | wc -l) files"',
    'A=1; echo $A',
    'LC_ALL=C sort a.txt',
    'set -eu; export LANG=C; test -n x',
    'command -v git',
    "sh -c 'ls | wc -l'",
    "bash -c 'echo hi'",
    'cat <<< "$HOME"',
    '! ls',
    'diff <(ls a) <(ls b) > >(wc -l)',
  ])('that only looks is a look: %s', (line) => {
    expect(classify(line)).toMatchObject({ complexity: 1 });
  });

  it.each([
    'echo hi > a.txt',
    'echo hi >> a.txt',
    'echo hi > /home/ann/work/sub/a.txt',
    'echo hi > /tmp/x',
    'cd sub && echo hi > a.txt',
    '(cd /) ; echo hi > a.txt',
    'ls &> all.txt',
    '{ ls; pwd; } > a.txt',
  ])('that writes files of the jail is a change: %s', (line) => {
    expect(classify(line)).toMatchObject({ complexity: 3 });
  });

  it.each([
    'ls; unheard-of-program',
    'ls | unheard-of-program',
    'true && ( false || unheard-of-program )',
    'echo $(unheard-of-program)',
    'echo "x $(unheard-of-program)"',
    'echo `unheard-of-program`',
    'A=$(unheard-of-program)',
    'cat <(unheard-of-program)',
    'ls > "$(unheard-of-program)"',
    'for x in $(unheard-of-program); do ls; done',
    'if unheard-of-program; then ls; fi',
    'if ls; then unheard-of-program; fi',
    'if ls; then ls; elif unheard-of-program; then ls; fi',
    'if ls; then ls; else unheard-of-program; fi',
    'until unheard-of-program; do ls; done',
    'cat <<E\n$(unheard-of-program)\nE',
    "sh -c 'unheard-of-program'",
  ])('counts what is only run in some case, and what is run for a word: %s', (line) => {
    expect(classify(line, bare)).toMatchObject({ complexity: 4 });
    expect(classify(line.replaceAll('unheard-of-program', 'ls'), here).complexity).toBe(
      line.includes('> "') ? 4 : 1,
    );
  });

  it('that replaces a file is more than a change where nothing brings it back', () => {
    expect(classify('echo hi > a.txt', bare).complexity).toBe(4);
    expect(classify('echo hi >> a.txt', bare).complexity).toBe(3);
    expect(classify('echo hi > /dev/null', bare).complexity).toBe(1);
  });

  it.each([
    'echo hi > /etc/x',
    'echo hi > ../x',
    'echo hi > ~/.bashrc',
    'echo hi > .git/hooks/pre-commit',
    'echo hi > "$A"',
    'echo hi > $(ls)',
    'echo hi > /tmp/../etc/x',
    'cd / && echo hi > x',
    'cd "$A"; echo hi > x',
    'cd; echo hi > x',
    'cd -; echo hi > x',
    'cd sub; cd ../..; echo hi > x',
    'cd /; cd /home/ann/work; echo hi > x',
    'for d in a b; do echo hi > x; cd /; done',
    'while cd ..; do echo hi > x; done',
    'ls | sh',
    'bash <(ls)',
    'tee >(sh)',
    'source <(ls)',
    'cat x | bash -s',
    'echo 1 | node',
    'python3 < x',
    "python3 - <<'E'\nprint(1)\nE",
    'cat x | while read a; do sh; done',
    'cat x | { python3 -u; }',
    'cat x | /usr/bin/perl',
    'cat x | bash /dev/stdin',
    'eval ls',
    '. ./x',
    'source x',
    'exec ls',
    'trap ls EXIT',
    'alias ls=id',
    'command ls',
    'builtin ls',
    'PATH=. ls',
    'PATH=.; ls',
    'HOME=. ls',
    'IFS=x; ls',
    'LD_PRELOAD=x ls',
    'GIT_SSH_COMMAND=x ls',
    'NODE_OPTIONS=x ls',
    'BASH_ENV=x ls',
    'LESSOPEN=x ls',
    'https_proxy=x ls',
    'export PATH=.',
    'export "$A"',
    'export A$B=c',
    'read PATH',
    'unset PATH',
    'for PATH in a; do ls; done',
    'set -- a',
    "sh -c 'echo hi > a.txt'",
    "bash -c 'ls & id'",
    'bash -c "$A"',
  ])('is as much as the most of it: %s', (line) => {
    expect(classify(line)).toMatchObject({ complexity: 4 });
  });

  it('tells every program it would start, for the owner’s rules', () => {
    const { commands } = classify(`ls -l | sort > "$(pwd)"; if cd x; then sh -c 'cat y'; fi`);
    expect(commands).toEqual([
      ...[
        ['ls', '-l'],
        ['sort'],
        ['pwd'],
        ['>', '"$( \'pwd\' )"'],
        ['cd', 'x'],
        ['sh', '-c', 'cat y'],
        ['cat', 'y'],
      ],
    ]);
  });

  it('gives the reasons of what is worst in it, and no others', () => {
    expect(classify('ls; PATH=. ls; echo x > y').reasons).toEqual([
      'sets PATH, which decides what programs do',
    ]);
  });

  it('never counts less for being part of a longer one', () => {
    fc.assert(
      fc.property(
        goodLines,
        goodLines,
        fc.constantFrom('; ', ' && ', ' || ', ' | '),
        (a, b, op) => {
          const both = readLine(`{ ${a}\n} ${op} { ${b}\n}`);
          const parts = [readLine(a), readLine(b)].map((one) =>
            one.ok ? classifyScript(one.script, here).complexity : 1,
          );
          if (!both.ok) return;
          const { complexity } = classifyScript(both.script, here);
          expect(complexity).toBeGreaterThanOrEqual(Math.max(...parts));
        },
      ),
    );
  });
});

describe('the words of a command', () => {
  it.each([
    [['sh', '-c', 'ls'], 1],
    [['/bin/bash', '-ec', 'ls | wc'], 1],
    [['sh', '-c', 'rm x'], 4],
    [['sh', '-c', 'ls &'], 4],
    [['sh', '-c', 'ls', 'extra'], 4],
    [['sh', '-c', '$0 $1', 'rm', 'x'], 4],
    [['sh', '-lc', 'ls'], 4],
  ] as const)('are read like a line where a shell would: %j', (argv, complexity) => {
    expect(classifyWords({ argv }, here).complexity).toBe(complexity);
  });
});
