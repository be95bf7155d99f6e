import { describe, expect, it } from 'vitest';
import { printScript } from '../../../src/domain/shell-line/print.ts';
import { MOST_LINE, readLine } from '../../../src/domain/shell-line/read-line.ts';

function printed(line: string): string {
  const reading = readLine(line);
  if (!reading.ok) throw new Error(`${line}: ${reading.why}`);
  return printScript(reading.script);
}

function refusal(line: string) {
  const reading = readLine(line);
  if (reading.ok) throw new Error(`was read: ${line}`);
  return reading;
}

describe('a command line', () => {
  it.each([
    ['git status', `'git' 'status'`],
    [`echo 'a b' "c d" e\\ f`, `'echo' 'a b' 'c d' 'e f'`],
    [`echo 'it'\\''s' "" ''x`, `'echo' 'it'\\''s' '' 'x'`],
    ['echo "a\\"b\\\\c\\d\\$e"', `'echo' 'a"b\\c\\d$e'`],
    ['ls|wc -l', `'ls' | 'wc' '-l'`],
    ['a&&b||c;d', `'a' && 'b' || 'c'; 'd'`],
    ['a\n\n  b\t-x', `'a'; 'b' '-x'`],
    ['a &&\n b |\n c', `'a' && 'b' | 'c'`],
    ['a \\\n b', `'a' 'b'`],
    ['! a | b', `! 'a' | 'b'`],
    ['a >x 2>>y <z 2>&1', `'a' > 'x' 2>> 'y' < 'z' 2>&1`],
    ['a &>x', `'a' > 'x' 2>&1`],
    ['a >&2', `'a' 1>&2`],
    ['ls *.ts [a-c]? [[:digit:]] [!x]', `'ls' *'.ts' [a-c]? [[:digit:]] [!x]`],
    ["grep '[0-9]*' [ ]", `'grep' '[0-9]*' '[' ']'`],
    ['echo $A "$A" ${A} "x${A}y"', `'echo' \${A} "\${A}" \${A} 'x'"\${A}"'y'`],
    [
      'echo ${A:-x} "${A%.txt}" ${#A} $? $# $1',
      `'echo' \${A:-x} "\${A%.txt}" \${#A} \${?} \${#} \${1}`,
    ],
    ['echo $ "5$"', `'echo' '$' '5$'`],
    ['echo $(ls | wc) "$(ls)"', `'echo' $( 'ls' | 'wc' ) "$( 'ls' )"`],
    ['echo `ls \\`pwd\\``', `'echo' $( 'ls' $( 'pwd' ) )`],
    ['a <(b | c) >(d) < <(e)', `'a' <( 'b' | 'c' ) >( 'd' ) < <( 'e' )`],
    ['echo ~ ~/x a~', `'echo' "\${HOME}" "\${HOME}"'/x' 'a~'`],
    ['( a; b ) | { c; }', `( 'a'; 'b' ) | { 'c'; }`],
    ['( (a) )', `( ( 'a' ) )`],
    ['for x in a *.c "$B"; do echo $x; done', `for x in 'a' *'.c' "\${B}"; do 'echo' \${x}; done`],
    ['while read x\ndo echo $x\ndone < f', `while 'read' 'x'; do 'echo' \${x}; done < 'f'`],
    ['until a; do b; done', `until 'a'; do 'b'; done`],
    [
      'if a; then b; elif c; then d; else e; fi',
      `if 'a'; then 'b'; elif 'c'; then 'd'; else 'e'; fi`,
    ],
    ['A=1 B="x y" c', `A='1' B='x y' 'c'`],
    ['A=$(date) && echo $A', `A="$( 'date' )" && 'echo' \${A}`],
    ['A=*', `A='*'`],
    ['export A=$B', `'export' 'A='"\${B}"`],
    ["cat <<'E'\n$a `b`\nE", `{ 'printf' '%s' '$a \`b\`\n' | 'cat'; }`],
    [
      'cat <<E | wc\nx $A \\$B\nE\nls',
      `{ 'printf' '%s' 'x '"\${A}"' $B\n' | 'cat'; } | 'wc'; 'ls'`,
    ],
    ['cat <<-E\n\tx\n\tE', `{ 'printf' '%s' 'x\n' | 'cat'; }`],
    ['cat <<< "a b"', `{ 'printf' '%s' 'a b\n' | 'cat'; }`],
    ['find . -exec ls {} \\;', `'find' '.' '-exec' 'ls' '{}' ';'`],
    ["awk {'print $4'} done if", `'awk' '{print $4}' 'done' 'if'`],
    ['echo }', `'echo' '}'`],
    ['echo a#b !x x!', `'echo' 'a#b' '!x' 'x!'`],
  ])('is read as a shell would read it: %s', (line, expected) => {
    expect(printed(line)).toBe(expected);
  });

  it.each([
    ['ls & id', 4],
    ['ls &', 4],
    ['a |& b', 3],
    ['a(){ b; }', 2],
    ['function a { b; }', 1],
    ['case x in *) a;; esac', 1],
    ['select x in a; do b; done', 1],
    ['coproc a', 1],
    ['[[ a ]]', 1],
    ['(( a ))', 1],
    ['echo $((1+1))', 6],
    ['echo $[1+1]', 6],
    ['a x<(b)', 4],
    ['a <(b)c', 7],
    ['a <(b)<(c)', 7],
    ['a 2>(b)', 4],
    ['<(a) b', 1],
    ['a <(b', 6],
    ['echo {a,b}', 8],
    ['echo {1..3}', 8],
    ["echo $'a'", 6],
    ['ls # x', 4],
    ['ls ~root', 4],
    ['ls !(x)', 4],
    ['echo !!', 6],
    ['echo ${A[0]} ', 6],
    ['echo ${!A}', 6],
    ['echo ${A:=x}', 6],
    ['A+=x', 1],
    ['A[0]=x b', 1],
    ['A=(x)', 1],
    ['$A b', 1],
    ['"$(a)" b', 1],
    ["'' x", 1],
    ["echo 'x", 6],
    ['echo "x', 6],
    ['echo `x', 6],
    ['echo $(x', 9],
    ['echo x\\', 7],
    ['a &&', 5],
    ['| a', 1],
    ['a ;; b', 3],
    ['a; done', 4],
    ['if a; then b', 13],
    ['{ a; } b', 1],
    ['a 3>x', 3],
    ['a >&x', 3],
    ['a <>x', 3],
    ['a >', 3],
    ['cat <<E\nx', 5],
    ['cat <<E\nx\\\nE\nE', 5],
    ['read a <<< x', 8],
    ['while a; do b; done <<E\nx\nE', 21],
    ['echo "$\\\n(id)"', 7],
    [')', 1],
    ['', 1],
    [' \n ', 4],
    [`${'('.repeat(40)}`, 1],
    [`${'( '.repeat(30)}a`, 40],
    ['x'.repeat(MOST_LINE + 1), MOST_LINE + 1],
  ])('is refused where it would need more of a shell: %s', (line, position) => {
    const { kind, why, hint, at } = refusal(line);
    expect(why).toContain(`Position ${position}: `);
    expect(why).toMatch(/\.$/);
    expect({ kind, at }).toEqual({ kind: 'syntax', at: position - 1 });
    expect(hint).not.toBe('');
  });

  it.each([
    ['ls \r id', 4],
    ['ls\u2028id', 3],
    ['ls \u202e di', 4],
    ['l\u200bs', 2],
    ['ls \0 id', 4],
    ["echo '\u001b[2J'", 7],
    ['ls \ud800', 4],
    ['ls\u00a0-l', 3],
  ])('is never run with a character that cannot be seen: %j', (line, position) => {
    expect(refusal(line)).toMatchObject({ kind: 'hidden', at: position - 1 });
  });
});
