import type { Command, CompoundCommand, Script, SimpleCommand, Word } from './script.ts';

/** The scripts that a compound command is made of, in their order. */
export function bodiesOf(command: CompoundCommand): readonly Script[] {
  switch (command.kind) {
    case 'group':
    case 'for':
      return [command.body];
    case 'loop':
      return [command.test, command.body];
    case 'if':
      return [
        ...command.branches.flatMap(({ test, body }) => [test, body]),
        ...(command.otherwise ? [command.otherwise] : []),
      ];
  }
}

/** Every simple command, those whose output becomes words included, in the order of the text. */
export const simpleCommands = (script: Script): readonly SimpleCommand[] =>
  script.steps.flatMap(({ stages }) => stages.flatMap(commandsIn));

function commandsIn(command: Command): readonly SimpleCommand[] {
  const redirected = command.redirects.flatMap((one) =>
    one.kind === 'file' ? inWord(one.target) : [],
  );
  if (command.kind === 'simple') {
    const values = command.assignments.map(({ value }) => value);
    return [...[...values, ...command.words].flatMap(inWord), ...redirected, command];
  }
  const words = command.kind === 'for' ? command.words.flatMap(inWord) : [];
  return [...words, ...bodiesOf(command).flatMap(simpleCommands), ...redirected];
}

/** True where a word is the name of a running command’s output or input: only bash reads such a line. */
export const needsBash = (script: Script): boolean => wordsIn(script).some(holdsProcess);

const holdsProcess = (word: Word): boolean => word.some(({ kind }) => kind === 'process');

/** Every word, those of commands within words included. */
function wordsIn(script: Script): readonly Word[] {
  const words = script.steps.flatMap(({ stages }) => stages.flatMap(wordsOfCommand));
  const inner = words.flatMap((word) =>
    word.flatMap((part) => ('script' in part ? wordsIn(part.script) : [])),
  );
  return [...words, ...inner];
}

function wordsOfCommand(command: Command): readonly Word[] {
  const targets = command.redirects.flatMap((one) => (one.kind === 'file' ? [one.target] : []));
  if (command.kind === 'simple')
    return [...targets, ...command.assignments.map(({ value }) => value), ...command.words];
  const words = command.kind === 'for' ? command.words : [];
  return [...targets, ...words, ...bodiesOf(command).flatMap(wordsIn)];
}

const inWord = (word: Word): readonly SimpleCommand[] =>
  word.flatMap((part) => ('script' in part ? simpleCommands(part.script) : []));
