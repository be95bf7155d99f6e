import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommandWords, classifyCommand } from '../../src/governance/classify.ts';
import type { CommandRule } from '../../src/governance/commands/command-rule.ts';
import { commandRules } from '../../src/governance/commands/table.ts';

/** Every example of the table, with the rule of its program. */
const examples = commandRules.flatMap((rule) =>
  linesOf(rule).map((line) => ({ rule, argv: line.split(' ') })),
);

function linesOf(rule: CommandRule): readonly string[] {
  return [...rule.match, ...rule.notMatch, ...(rule.subs ?? []).flatMap(linesOf)];
}

function optionsOf(rule: CommandRule): readonly string[] {
  const own = (rule.raise ?? []).flatMap(({ options }) => options?.split(' ') ?? []);
  return [...own, ...(rule.subs ?? []).flatMap(optionsOf)];
}

const isOneOf = (options: string | undefined, option: string): boolean =>
  options?.split(' ').includes(option) ?? false;

const anyOption = fc.constantFrom(
  ...new Set([...commandRules.flatMap(optionsOf), '-x', '-Z9', '--odd', '--odd=1', '--no-such']),
);
const anyExample = fc.constantFrom(...examples);
const anywhere = fc.record({ undo: fc.boolean() });
const rate = (command: CommandWords, undo: boolean): number =>
  classifyCommand(command, { undo }).complexity;

describe('the weight of a command', () => {
  it('never falls when an option is added, unless that only asks or gives a script', () => {
    const fit = examples.filter(({ rule, argv }) => argv.length > 1 && !rule.script && !rule.runs);
    fc.assert(
      fc.property(
        fc.constantFrom(...fit),
        anyOption,
        anywhere,
        ({ rule, argv }, option, { undo }) => {
          const before = rate({ argv }, undo);
          if (isOneOf(rule.alone, option)) return;
          expect(rate({ argv: [...argv, option] }, undo)).toBeGreaterThanOrEqual(before);
          // Behind an option, the letters of `tar xf` are a file, and `git -C remote add` adds files in a folder.
          if (rule.bundled || isOneOf(rule.leading?.valued, option)) return;
          expect(rate({ argv: argv.toSpliced(1, 0, option) }, undo)).toBeGreaterThanOrEqual(before);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('rises to what each raising option says, on every rule', () => {
    const order = ['look', 'say', 'change', 'lose', 'fetch', 'beyond'];
    const complexity = [1, 2, 3, 4, 4, 4];
    const wrong = commandRules.flatMap((rule) =>
      rule.subs || rule.runs
        ? []
        : (rule.raise ?? []).flatMap(({ options, to }) =>
            (options?.split(' ') ?? [])
              .map((option) => [...(rule.match[0]?.split(' ') ?? []), option])
              .filter((argv) => rate({ argv }, false) < (complexity[order.indexOf(to)] ?? 5)),
          ),
    );
    expect(wrong).toEqual([]);
  });

  it('never falls when a word behind the program is not known', () => {
    const fit = examples.filter(({ rule, argv }) => argv.length > 1 && !rule.runs);
    fc.assert(
      fc.property(fc.constantFrom(...fit), fc.nat(), anywhere, ({ argv }, any, { undo }) => {
        const unknown = new Set([1 + (any % (argv.length - 1))]);
        expect(rate({ argv, unknown }, undo)).toBeGreaterThanOrEqual(rate({ argv }, undo));
      }),
      { numRuns: 2000 },
    );
  });

  it('never falls when more words may follow', () => {
    fc.assert(
      fc.property(anyExample, anywhere, ({ argv }, { undo }) => {
        expect(rate({ argv, more: true }, undo)).toBeGreaterThanOrEqual(rate({ argv }, undo));
      }),
      { numRuns: 2000 },
    );
  });

  it('is never less where nothing can be undone', () => {
    fc.assert(
      fc.property(anyExample, ({ argv }) => {
        expect(rate({ argv }, false)).toBeGreaterThanOrEqual(rate({ argv }, true));
      }),
      { numRuns: 2000 },
    );
  });

  it('is never less behind a wrapper, however many there are', () => {
    const wrappers = [
      ...['nice', 'nice -n 5', 'nohup', 'timeout 5', 'env', 'env -i A=b', 'time', 'setsid'],
      ...['stdbuf -oL', 'ionice -c 3', 'command', 'xargs', 'xargs -0 -n1', 'sudo', 'busybox'],
      ...['flock l', 'exec', 'strace', 'find . -exec', 'env -S', 'nice --odd'],
    ];
    fc.assert(
      fc.property(
        anyExample,
        fc.array(fc.constantFrom(...wrappers), { minLength: 1, maxLength: 3 }),
        anywhere,
        ({ argv }, around, { undo }) => {
          const wrapped = [...around.flatMap((wrapper) => wrapper.split(' ')), ...argv];
          expect(rate({ argv: wrapped }, undo)).toBeGreaterThanOrEqual(rate({ argv }, undo));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('is told with a reason and the command itself, whatever the words', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), anywhere, (argv, circumstances) => {
        const { reasons, commands } = classifyCommand({ argv }, circumstances);
        expect(reasons.join('')).not.toBe('');
        expect(commands[0]).toEqual(argv);
      }),
    );
  });
});
