import { describe, expect, it } from 'vitest';
import { classifyArgv } from '../../src/governance/classify.ts';

const rate = (...argv: string[]): number => classifyArgv(argv, { undo: true }).complexity;

describe('a script for sed', () => {
  it.each([
    's/a/b/',
    's/a/b/gI',
    's|/etc/x|/usr/y|2',
    's,a\\,b,c,p',
    '1,5p',
    '$!N;P;D',
    '/a/,/b/d',
    '\\%x%I!d',
    '0~3p',
    '/a/,+2{s/b/c/;p}',
    'a\\\ntext w out',
    'i some e text',
    ':a;N;$!ba;s/\\n/ /g',
    'y/abc/xyz/',
    's/[^/]*$//',
    's/[[:space:]]*$//',
    's/^[ \t]*//;s/[ \t]*$//',
    's/(.*)/<\\1>/;t end;q1',
    's/a/\\/e/',
    '# w out\np',
    '/x/c\\\nnew',
    '$=',
    'r other.txt',
    's/;/\\;/g',
    's/[]/]//',
    '/[^/]$/s/[/]e/x/',
  ])('is a look where it only prints: %j', (script) => {
    expect(rate('sed', '-n', script, 'a')).toBe(1);
  });

  it.each([
    's/a/b/e',
    's/a/id/ge',
    '1e id',
    'e',
    '/x/e id',
    '{s/a/b/;e id\n}',
    'a\\\ntext\ne id',
    'i text\ne id',
    's/[/]/w/e',
    's/[/x/e;s/]/y/',
    's/[/',
    'p;e id',
    'y/a/b/;e',
    ':a\ne id',
    'r /etc/shadow',
    'w /etc/passwd',
    's/a/b/w .git/hooks/x',
    'k',
    's/a/b',
    '}e',
  ])('is the worst where it may run a program or is not understood: %j', (script) => {
    expect(rate('sed', script, 'a')).toBe(4);
    expect(rate('sed', '-n', '-e', 'p', '-e', script, 'a')).toBe(4);
    expect(rate('sed', `--expression=${script}`, 'a')).toBe(4);
  });

  it.each(['w out', 's/a/b/w out', '1!W out', 's/a/b/gpw out'])(
    'is a change where it writes: %j',
    (script) => {
      expect(rate('sed', script, 'a')).toBe(3);
    },
  );

  it('is a change in place, however that is written', () => {
    for (const words of [['-i'], ['-i.bak'], ['-ni'], ['--in-place=x'], ['--in-pl'], ['-Ei']])
      expect(rate('sed', ...words, 's/a/b/', 'a')).toBe(3);
    expect(rate('sed', 's/a/b/', 'a', '-i')).toBe(3);
    expect(rate('sed', '-i', '', 's/a/b/', 'a')).toBe(3);
    expect(rate('sed', '-i', '', '1e id', 'a')).toBe(4);
    expect(rate('sed', '-f', 'a.sed', 'a')).toBe(3);
  });

  it('goes over the options that give it in parts', () => {
    expect(rate('sed', '-e', 'a\\', '-e', 'e text', 'a')).toBe(1);
    expect(rate('sed', '-e', 'p', '-e', 'e', 'a')).toBe(4);
    expect(rate('sed', '-n', '-e', 's/a/b/p', '--', 'a')).toBe(1);
  });
});

describe('a program for awk', () => {
  it.each([
    '{print $1}',
    '$3 > 5',
    '$1 < 2000 {v += $1; c++} END {print v/c}',
    '!/^[[:space:]]*$/{++x} END{print x}',
    '/a|b/ || /c/ {n++} END {print n}',
    '{ if ($1 > 5) print $2 }',
    '{ print ($1 > 5) ? "a" : "b" }',
    'BEGIN { while ((getline line < "a.txt") > 0) n++ }',
    '{ split($1, path, ":"); print path[1] }',
    '{ print "a > b | c" }',
    '{ gsub(/"/, "x"); print }',
    '{ gsub(/[^/]+$/, ""); print }',
    '# a | b > c\n{print}',
    '{ printf "%s\\n", $1; if ($2 > 1) n++ }',
  ])('is a look where it only prints: %j', (program) => {
    expect(rate('awk', program, 'a')).toBe(1);
  });

  it.each([
    'BEGIN{system("id")}',
    'BEGIN{system ("id")}',
    'BEGIN{system\\\n("id")}',
    '{print | "sh"}',
    '{print |& "sh"}',
    'BEGIN{"id" | getline x}',
    '@load "x"; {print}',
    'BEGIN{f="system"; @f("id")}',
    'BEGIN{print > "/inet/tcp/0/h/1"}',
    '{ gsub(/"/, "x"); print | "sh" } #"',
    '/"/ {print | "sh"} /"/',
    'BEGIN { x = 1 / 2; print | "sh"; y = 1 / 2 }',
    'BEGIN{getline x < "/etc/shadow"}',
    '{print > "/etc/x"}',
    '{print "x',
    '/[/ {print | "sh"} /]/',
  ])('is the worst where it may run a program or reach out: %j', (program) => {
    expect(rate('awk', program, 'a')).toBe(4);
    expect(rate('gawk', '-F:', '-v', 'x=1', program)).toBe(4);
  });

  it.each(['{print > "out"}', '{print $1 >> "out"}', '{printf("%s", $1) > $2 ".txt"}'])(
    'is a change where it writes: %j',
    (program) => {
      expect(rate('awk', program, 'a')).toBe(3);
    },
  );

  it('is the worst or a change where options give other code', () => {
    expect(rate('awk', '-f', 'a.awk', 'x')).toBe(3);
    expect(rate('gawk', '-i', 'inplace', '{print}', 'x')).toBe(4);
    expect(rate('gawk', '-l', 'x', '{print}')).toBe(4);
    expect(rate('gawk', '-o/etc/x', '{print}')).toBe(4);
    expect(rate('gawk', '-e', '{print}', 'x')).toBe(1);
  });
});

describe('a filter for jq', () => {
  it('is a look unless it reads variables, other files or code', () => {
    for (const filter of ['.', '.env', '.a.env', '.["env"]', 'map(.x) | add', '.environment'])
      expect(rate('jq', '-r', filter, 'a.json')).toBe(1);
    for (const filter of [
      'env',
      '.a, env.HOME',
      '$ENV.HOME',
      'input_filename',
      'import "x" as x; 1',
    ])
      expect(rate('jq', '-n', filter)).toBe(4);
  });
});

describe('words made to take long', () => {
  it.each([
    ['sed', `s/${'[[:a:]'.repeat(800)}/x/`],
    ['sed', 's/a/b/;'.repeat(100_000)],
    ['awk', `/${'[[:a:][:b:]'.repeat(400)}x`],
    ['awk', 'print '.repeat(50_000)],
    ['chmod', 'u'.repeat(200_000)],
    ['tar', 'a@'.repeat(100_000)],
    ['test', '['.repeat(200_000)],
    ['cat', '/.config/bitwarden'.repeat(20_000)],
    ['frob', '/..'.repeat(100_000)],
  ])('do not: %s', (program, word) => {
    const before = process.cpuUsage();
    rate(program, word);
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });
});
