import type {
  APIApplicationCommandInteractionData,
  RESTPutAPIApplicationCommandsJSONBody,
} from '@discordjs/core';

interface Command {
  readonly name: string;
  readonly description: string;
  /** What may be typed behind it. */
  readonly option?: {
    readonly name: string;
    readonly description: string;
    readonly required: boolean;
  };
}

const optional = (name: string, description: string) => ({ name, description, required: false });

/** What can be said to atom through Discord's menu of commands; each means what its words mean in a chat. */
const COMMANDS: readonly Command[] = [
  {
    name: 'atom',
    description: 'Say something to atom',
    option: { name: 'text', description: 'What you want', required: true },
  },
  { name: 'stop', description: 'Stop what runs in this chat' },
  { name: 'new', description: 'Begin a new conversation' },
  { name: 'help', description: 'What can be said' },
  {
    name: 'sessions',
    description: 'The conversations of this chat',
    option: optional('number', 'The one to go on with'),
  },
  {
    name: 'compact',
    description: 'Sum up what was said before',
    option: optional('what', 'What to keep above all; “keep …” keeps words as they are'),
  },
  {
    name: 'model',
    description: 'Which model answers here',
    option: optional('name', 'The model that shall answer in this conversation'),
  },
  { name: 'status', description: 'How atom is doing' },
  { name: 'panic', description: 'Stop everything at once, until /resume' },
  {
    name: 'resume',
    description: 'Let atom work again after a panic',
    option: optional('code', 'A code of the second factor'),
  },
  {
    name: 'undo',
    description: 'Take back the last change of this chat',
    option: optional('what', '“list” tells what could be taken back'),
  },
  {
    name: 'agent',
    description: 'Who answers here',
    option: optional('name', 'The agent that shall answer from now on'),
  },
  {
    name: 'pair',
    description: 'Connect a device',
    option: optional('what', '“qr”, or “approve” and the id of a device'),
  },
  {
    name: 'link',
    description: 'Prove who you are with a code from the terminal',
    option: { name: 'code', description: 'The code', required: true },
  },
];

const STRING = 3;
const CHAT_INPUT = 1;
const IN_SERVERS_AND_OUR_DIRECT_CHATS = [0, 1];
const INSTALLED_IN_SERVERS = [0];

/** The commands as Discord registers them. */
export const registration = (): RESTPutAPIApplicationCommandsJSONBody =>
  COMMANDS.map(({ name, description, option }) => ({
    name,
    description,
    type: CHAT_INPUT,
    contexts: IN_SERVERS_AND_OUR_DIRECT_CHATS,
    integration_types: INSTALLED_IN_SERVERS,
    options: option === undefined ? [] : [{ type: STRING, ...option }],
  }));

/** The words that a command stands for; undefined where it is none of ours. */
export function wordsOfCommand(data: APIApplicationCommandInteractionData): string | undefined {
  const command = COMMANDS.find(({ name }) => name === data.name);
  if (command === undefined) return undefined;
  const typed = 'options' in data ? (data.options ?? []) : [];
  const values = typed.flatMap((option) => ('value' in option ? [String(option.value)] : []));
  const words = values.join(' ').trim();
  if (command.name === 'atom') return words;
  return words === '' ? `/${command.name}` : `/${command.name} ${words}`;
}
