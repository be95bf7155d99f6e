import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { type ChatCommand, chatCommands, commandLine } from '../../domain/chat-command.ts';
import { misuseWords, notHereWords, readCommand, unknownWords } from '../../domain/read-command.ts';
import { typedCommand } from '../../domain/typed-command.ts';
import { textSkillWords } from '../catalogue.ts';
import { SKILL_READ } from '../skill-read-tool.ts';
import { skillToolName } from '../tools.ts';
import { type Abilities, hasTool, type Meaning, sayIfWrong } from './meaning.ts';
import { templates } from './templates.ts';
import { phraseKey } from './words.ts';

interface Command {
  /** Phrases that mean the same, as `phraseKey` writes them. */
  readonly said?: readonly string[];
  /** What is asked where it is picked without the rest. */
  readonly asks?: string;
  readonly mean: (rest: string, abilities: Abilities) => Meaning;
}

/** Commands that work without a model, by name. */
const commands: Readonly<Record<string, Command>> = {
  help: {
    said: ['help', 'what can you do'],
    mean: (_, abilities) => ({ say: helpText(abilities) }),
  },
  run: {
    asks: 'Run which command? Say it whole, for example: /run git status',
    mean: (rest) => ({ tool: 'shell_exec', input: typedCommand(rest) as Json }),
  },
  skills: {
    said: ['skills', 'list skills', 'what skills are there'],
    mean: (_, abilities) => ({ say: skillsText(abilities) }),
  },
  skill: {
    asks: 'Which skill, and what does it get? /skills names them. Say it whole, for example: /skill NAME {}',
    mean: (rest, abilities) => callSkill(rest, abilities),
  },
  tools: {
    mean: (_, { tools }) => ({
      say: tools.map((tool) => `${tool.name} — ${tool.description}`).join('\n'),
    }),
  },
};

/** The same as they are written and told. */
export const plannerCommands: readonly (ChatCommand & Command)[] = chatCommands.flatMap((one) => {
  const command = Object.hasOwn(commands, one.name) ? commands[one.name] : undefined;
  return command ? [{ ...one, ...command }] : [];
});

/** What a text means that starts with `/`, or says the same in words; undefined for any other. */
export function meaningOfCommand(text: string, abilities: Abilities): Meaning | undefined {
  const line = text.trim();
  if (!line.startsWith('/')) {
    const said = phraseKey(line);
    return Object.values(commands)
      .find((command) => command.said?.includes(said))
      ?.mean('', abilities);
  }
  const reading = readCommand(line);
  if (!reading)
    return { say: `I do not know ${line.split(/\s/, 1)[0]}. Send /help to see what there is.` };
  if (reading.kind === 'unknown') return { say: unknownWords(reading) };
  const name = reading.command.name;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const rest = reading.kind === 'command' ? (reading.args.rest ?? '') : '';
  if (command !== undefined) return sayIfWrong(() => command.mean(rest, abilities));
  // Taken before a message comes to any planner: it came in a way that is not for it.
  return { say: reading.kind === 'misused' ? misuseWords(reading) : notHereWords(reading.command) };
}

/** Everything that works without a model, one a line. */
export const helpText = (abilities: Pick<Abilities, 'tools'>): string =>
  [phrasesText(abilities), ...chatCommands.map(commandLine)].join('\n');

/** The same without the commands. */
export const phrasesText = ({ tools }: Pick<Abilities, 'tools'>): string =>
  templates
    .filter((template) => hasTool(template, tools))
    .map(({ form, says }) => `${form} — ${says}`)
    .join('\n');

function skillsText({
  skills,
  texts,
  waiting = [],
}: Pick<Abilities, 'skills' | 'texts' | 'waiting'>): string {
  const ready = [
    ...skills.map(({ name, description }) => `${name} — ${description}`),
    ...texts.map((skill) => `${skill.name} — ${textSkillWords(skill)}`),
  ];
  return [...(ready.length === 0 ? ['No skill is loaded.'] : ready), ...waiting].join('\n');
}

function callSkill(rest: string, abilities: Abilities): Meaning {
  const line = rest.trim();
  const space = line.indexOf(' ');
  const name = space < 0 ? line : line.slice(0, space);
  const skill = abilities.skills.find((one) => one.name === name);
  if (skill === undefined && abilities.texts.some((one) => one.name === name))
    return { tool: SKILL_READ, input: { skill: name } };
  if (skill === undefined) {
    throw new AtomError('usage', name === '' ? 'Which skill?' : `There is no skill "${name}".`, {
      next: [skillsText(abilities)],
    });
  }
  const input = space < 0 ? {} : parseInput(line.slice(space + 1), name);
  return { tool: skillToolName(name), input };
}

function parseInput(text: string, name: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new AtomError('usage', 'What follows the name of a skill is its input as JSON.', {
      cause,
      next: [`For example: /skill ${name} {}`],
    });
  }
}
