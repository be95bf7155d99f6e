import type { Command } from 'commander';
import { AtomError } from '../../base/errors.ts';
import { nearest } from '../../config/nearest.ts';
import type { Cli } from '../cli.ts';
import { topicNames, topics } from './topics.ts';

/** A topic's text, or the help of a command; without words the help of everything. */
export function showHelp({ out }: Cli, program: Command, words: readonly string[]): void {
  const [first] = words;
  const topic = first === undefined || words.length > 1 ? undefined : topics[first];
  const command = findCommand(program, words)?.helpInformation().trimEnd();
  // A topic that is also a command has both: the command's help, then the words.
  const text = [command, topic].filter((part) => part !== undefined).join('\n\n');
  if (text === '') throw unknown(program, words);
  if (out.json) out.object({ topic: words.join(' '), text });
  else out.data(text);
}

function findCommand(program: Command, words: readonly string[]): Command | undefined {
  return words.reduce<Command | undefined>(
    (at, word) => at?.commands.find((sub) => sub.name() === word || sub.aliases().includes(word)),
    program,
  );
}

function unknown(program: Command, words: readonly string[]): AtomError {
  const known = [...program.commands.map((command) => command.name()), ...topicNames];
  const meant = nearest(words[0] ?? '', known);
  return new AtomError('usage', `There is no help on "${words.join(' ')}"`, {
    next: [
      ...(meant ? [`Did you mean:   atom help ${meant}`] : []),
      `Topics: ${topicNames.join(', ')}`,
    ],
  });
}
