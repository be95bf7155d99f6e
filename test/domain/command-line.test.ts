import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import { parseWords } from '../../src/domain/command-line.ts';

function refusal(text: string): AtomError {
  try {
    parseWords(text);
  } catch (error) {
    if (error instanceof AtomError) return error;
    throw error;
  }
  throw new Error(`was taken: ${text}`);
}

describe('a typed command line', () => {
  it.each([
    ['git status', ['git', 'status']],
    ['  ls   -la  ', ['ls', '-la']],
    [`echo 'a b' "c d" e\\ f`, ['echo', 'a b', 'c d', 'e f']],
    [`echo 'it'\\''s' ""`, ['echo', "it's", '']],
    ['echo "a\\"b\\\\c\\d"', ['echo', 'a"b\\c\\d']],
    [`grep -r '$HOME|*' src`, ['grep', '-r', '$HOME|*', 'src']],
    ['find . -name {} -a#b', ['find', '.', '-name', '{}', '-a#b']],
    ['env A=1 prog', ['env', 'A=1', 'prog']],
  ])('is split like a shell would: %s', (line, words) => {
    expect(parseWords(line)).toEqual(words);
  });

  it.each([
    ['ls | wc', 4],
    ['ls && rm x', 4],
    ['ls; rm x', 3],
    ['echo $HOME', 6],
    ['echo "$HOME"', 7],
    ['echo `id`', 6],
    ['ls *.ts', 4],
    ['echo hi > x', 9],
    ['ls ~', 4],
    ['A=1 ls', 1],
    ["echo 'open", 6],
    ['ls\nrm x', 3],
    ['echo a\u202eb', 7],
    ['ls\tx', 3],
    ['echo hi \\', 9],
  ])('is refused with its position where a shell would act: %s', (line, position) => {
    const error = refusal(line);
    expect(error.code).toBe('usage');
    expect(error.message).toContain(`Position ${position}:`);
    expect(error.next.length).toBeGreaterThan(0);
  });

  it('is refused when it is empty', () => {
    expect(refusal('   ').message).toContain('no command');
    expect(refusal("''").message).toContain('no command');
  });

  it('never gets through with an operator outside quotes', () => {
    const plain = fc.stringMatching(/^[a-z0-9./ -]{0,12}$/);
    const operator = fc.constantFrom(...'|&;<>()$`*?[]!^\n'.split(''), '&&', '||', '>>', '$(');
    fc.assert(
      fc.property(plain, operator, plain, (before, what, after) => {
        expect(() => parseWords(`x${before}${what}${after}`)).toThrow(AtomError);
      }),
    );
  });

  it('gives back any words that were put in single quotes', () => {
    const word = fc
      .string({ unit: 'grapheme-ascii', maxLength: 20 })
      .filter((text) => !text.includes("'"));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const line = ['run', ...words.map((text) => `'${text}'`)].join(' ');
        expect(parseWords(line)).toEqual(['run', ...words]);
      }),
    );
  });
});
