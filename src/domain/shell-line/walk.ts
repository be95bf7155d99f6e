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

const inWord = (word: Word): readonly SimpleCommand[] =>
  word.flatMap((part) => (part.kind === 'output' ? simpleCommands(part.script) : []));
