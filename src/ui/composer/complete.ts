import { type ChatCommand, chatCommands, commandLine } from '../../domain/chat-command.ts';
import { type Row, row } from '../text/spans.ts';
import { type Draft, edit } from './editor.ts';

export interface Completion {
  /** With as much of the command written out as is certain. */
  readonly draft: Draft;
  /** What it could be, where nothing more is certain. */
  readonly open: readonly Row[];
}

/** What is done in this terminal, without the gateway. */
const HERE = { name: 'search', form: '/search WORDS', says: 'find in what stands above' } as const;
const COMMANDS: readonly Pick<ChatCommand, 'name' | 'form' | 'says'>[] = [...chatCommands, HERE];

/** Writes out the command whose beginning is all of the draft; undefined where there is none to write. */
export function complete(draft: Draft): Completion | undefined {
  const { text, cursor } = draft;
  if (!/^\/[a-z]*$/.test(text) || cursor !== text.length) return undefined;
  const meant = COMMANDS.filter(({ name }) => `/${name}`.startsWith(text));
  const [first, ...others] = meant.map(({ name }) => `/${name}`);
  if (first === undefined) return undefined;
  if (others.length === 0) return { draft: written(draft, `${first} `), open: [] };
  const certain = others.reduce(common, first);
  const open = meant.map((command) => row(commandLine(command), 'dim'));
  return { draft: written(draft, certain), open: certain === text ? open : [] };
}

const written = (draft: Draft, text: string): Draft =>
  edit(edit(draft, { do: 'clear' }), { do: 'insert', text });

/** What two words begin with. */
function common(one: string, other: string): string {
  const end = [...one].findIndex((letter, at) => letter !== other[at]);
  return end < 0 ? one : one.slice(0, end);
}
