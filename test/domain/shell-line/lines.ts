import fc from 'fast-check';

/** Characters that mean something to a shell, and others. */
const PIECES = [
  ...['a', 'bc', ' ', ' ', ' ', "'", '"', '\\', '$', '`', '*', '?', '[', ']', '{', '}', '(', ')'],
  ...[
    '~',
    '!',
    '#',
    '=',
    '-',
    '/',
    '.',
    ',',
    '\n',
    ';',
    '|',
    '&',
    '<',
    '>',
    '1',
    '2',
    '\t',
    '\\\n',
  ],
  ...[' && ', ' | ', '$A', '"$A"', '$(', ' > f', ' 2>&1', '<<E\n', '\nE\n', "'x y'", 'A=', '[a-c]'],
];

const { word, script } = fc.letrec<{ word: string; script: string }>((tie) => ({
  word: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      ...[
        'a',
        'bc',
        '-x',
        "'x  y'",
        '"x $A"',
        '$A',
        '"$@"',
        '*',
        '?.c',
        '[a-c]x',
        '[!b]',
        '~',
        '~/a',
      ],
      ...[
        '\\$',
        '"\\"\\\\"',
        "''",
        '{}',
        'a=b',
        '${A:-x}',
        '"${A%.c}"',
        '${#A}',
        '\\\nb',
        'x!',
        '$',
      ],
    ),
    fc.stringMatching(/^[a-z'"\\$*.-]{1,5}$/),
    fc.tuple(tie('word'), tie('word')).map((words) => words.join('')),
    tie('script').map((text) => `$(${text})`),
    tie('script').map((text) => `"$( ${text} )"`),
    tie('script').map((text) => ` <(${text})`),
  ),
  script: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.array(tie('word'), { maxLength: 3 }).map((words) => ['a', ...words].join(' ')),
    fc
      .tuple(tie('script'), fc.constantFrom(' | ', ' && ', ' || ', '; ', '\n'), tie('script'))
      .map((parts) => parts.join('')),
    fc
      .tuple(tie('script'), fc.constantFrom('>', '>>', '2>', '<', '<<<'), tie('word'))
      .map((parts) => parts.join(' ')),
    tie('script').map((text) => `A=1 ${text} 2>&1`),
    tie('script').map((text) => `{ ${text}; }`),
    tie('script').map((text) => `( ${text} )`),
    fc
      .tuple(tie('word'), tie('script'))
      .map(([one, text]) => `for x in ${one} b; do ${text}; done`),
    fc.tuple(tie('script'), tie('script')).map(([one, two]) => `while ${one}; do ${two}; done`),
    fc.tuple(tie('script'), tie('script')).map(([one, two]) => `if ${one}; then ${two}; fi`),
    tie('word').map((one) => `cat <<E\n${one}\nE`),
  ),
}));

/** Command lines, nearly all of which can be read. */
export const goodLines: fc.Arbitrary<string> = script;

/** Command lines, and half-sense made of the same characters. */
export const lines: fc.Arbitrary<string> = fc.oneof(
  script,
  fc
    .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 9 })
    .map((pieces) => pieces.join('')),
);

/** Words alone, as a program would be given them. */
export const wordLists: fc.Arbitrary<string> = fc
  .array(fc.oneof(word, fc.stringMatching(/^[ab'"\\$*?{}~!=,.[\]-]{1,6}$/)), { maxLength: 4 })
  .map((words) => words.join(' '));
