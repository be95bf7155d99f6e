import type { Command } from 'commander';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addStart } from '../../src/cli/commands/gateway.ts';
import { readFlags } from '../../src/cli/flags.ts';
import { createProgram } from '../../src/cli/program.ts';
import { readStartWords } from '../../src/cli/start/start-words.ts';

/** What the program itself makes of a command line. */
async function byProgram(words: readonly string[]) {
  let read: unknown;
  const program = createProgram(
    () =>
      async (...given) => {
        const command = given.at(-1) as Command;
        read = { flags: readFlags(command.optsWithGlobals()), options: command.opts() };
      },
    addStart,
  );
  await program.parseAsync([...words], { from: 'user' });
  return read;
}

const word = fc.oneof(
  fc.constantFrom(['--headless'], ['--json-logs'], ['--setup'], ['--watch-skills'], ['--json']),
  fc.nat({ max: 99 }).map((fd) => ['--lifeline', String(fd)]),
  fc.constantFrom('default', 'work', 'a b', 'x-1').map((name) => ['--profile', name]),
);

it('reads what it knows as the program does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (words) => {
      const line = ['start', ...words.flat()];
      const own = readStartWords(line);
      const { flags, options } = (await byProgram(line)) as {
        readonly flags: object;
        readonly options: Readonly<Record<string, unknown>>;
      };
      expect(readFlags(own?.flags ?? {})).toEqual(flags);
      const { lifeline, ...switches } = own?.options ?? {};
      const off = { headless: false, jsonLogs: false, setup: false, watchSkills: false };
      expect(switches).toEqual({ ...off, ...options, lifeline: undefined });
      expect(lifeline).toBe(options.lifeline);
    }),
  );
});

it.each([
  [[]],
  [['status']],
  [['start', '--headles']],
  [['start', '-v', '--headless']],
  [['start', '--headless', 'now']],
  [['start', '--profile']],
  [['start', '--profile', '--headless']],
  [['start', '--profile=work']],
  [['start', '--lifeline', '-1']],
  [['start', '--lifeline']],
])('leaves %j to the program', (line) => {
  expect(readStartWords(line)).toBeUndefined();
});
