import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { typedCommand } from '../../domain/typed-command.ts';
import { textSkillWords } from '../catalogue.ts';
import { SKILL_READ } from '../skill-read-tool.ts';
import { skillToolName } from '../tools.ts';
import { closest } from './closest.ts';
import { type Abilities, hasTool, type Meaning, sayIfWrong } from './meaning.ts';
import { templates } from './templates.ts';
import { phraseKey } from './words.ts';

interface Command {
  readonly form: string;
  readonly says: string;
  /** Phrases that mean the same, as `phraseKey` writes them. */
  readonly said?: readonly string[];
  /** What is asked where it is picked without the rest. */
  readonly asks?: string;
  readonly mean: (rest: string, abilities: Abilities) => Meaning;
}

/** Commands that work without a model, by name. */
export const commands: Readonly<Record<string, Command>> = {
  help: {
    form: '/help',
    says: 'what can be said',
    said: ['help', 'what can you do'],
    mean: (_, abilities) => ({ say: helpText(abilities) }),
  },
  run: {
    form: '/run COMMAND LINE',
    says: 'run a command in the jail folder; pipes and && work too',
    asks: 'Run which command? Say it whole, for example: /run git status',
    mean: (rest) => ({ tool: 'shell_exec', input: typedCommand(rest) as Json }),
  },
  skills: {
    form: '/skills',
    says: 'the skills that are loaded',
    said: ['skills', 'list skills', 'what skills are there'],
    mean: (_, abilities) => ({ say: skillsText(abilities) }),
  },
  skill: {
    form: '/skill NAME JSON',
    says: 'use one skill',
    asks: 'Which skill, and what does it get? /skills names them. Say it whole, for example: /skill NAME {}',
    mean: (rest, abilities) => callSkill(rest, abilities),
  },
  tools: {
    form: '/tools',
    says: 'the tools a model would be given',
    mean: (_, { tools }) => ({
      say: tools.map((tool) => `${tool.name} — ${tool.description}`).join('\n'),
    }),
  },
};

/** Taken before a message comes to any planner; seeing one here means that it came with more words. */
const ELSEWHERE: readonly string[] = [
  ...['new', 'stop', 'agent', 'agents', 'status', 'panic', 'resume', 'undo'],
];

/** What a text means that starts with `/`, or says the same in words; undefined for any other. */
export function meaningOfCommand(text: string, abilities: Abilities): Meaning | undefined {
  const line = text.trim();
  if (!line.startsWith('/')) {
    const said = phraseKey(line);
    return Object.values(commands)
      .find((command) => command.said?.includes(said))
      ?.mean('', abilities);
  }
  const space = line.indexOf(' ');
  const name = line.slice(1, space < 0 ? undefined : space).toLowerCase();
  const rest = space < 0 ? '' : line.slice(space + 1);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return sayIfWrong(() => command.mean(rest, abilities));
  if (ELSEWHERE.includes(name)) return { say: `Send /${name} as a message of its own.` };
  const near = closest(name, [...Object.keys(commands), ...ELSEWHERE]);
  const hint = near === undefined ? 'Send /help to see what there is.' : `Did you mean /${near}?`;
  return { say: `I do not know /${name}. ${hint}` };
}

/** Everything that works without a model, one a line. */
export function helpText({ tools }: Pick<Abilities, 'tools'>): string {
  const phrases = templates.filter((template) => hasTool(template, tools));
  return [
    ...phrases.map(({ form, says }) => `${form} — ${says}`),
    ...Object.values(commands).map(({ form, says }) => `${form} — ${says}`),
    '/new — start afresh',
    '/stop — stop what is running',
    '/agents — who could answer here',
    '/agent NAME — let another agent answer here',
    '/undo — take back what was changed last; /undo list tells what can be',
  ].join('\n');
}

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
