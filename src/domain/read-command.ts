import { closest } from '../base/closest.ts';
import { visible } from '../base/visible.ts';
import { type ChatCommand, chatCommands, type Token } from './chat-command.ts';

/** What a message that begins with `/` and a name means. */
export type CommandReading =
  /** `args` by the names of the slots; a word that the command itself has stands for itself. */
  | {
      readonly kind: 'command';
      readonly command: ChatCommand;
      readonly args: Readonly<Record<string, string>>;
    }
  /** The command is there, and what stands behind it is not for it. */
  | { readonly kind: 'misused'; readonly command: ChatCommand; readonly rest: string }
  /** `alone`: nothing stands behind it. */
  | {
      readonly kind: 'unknown';
      readonly name: string;
      readonly near?: string;
      readonly alone: boolean;
    };

/**
 * Reads a message as a command, token by token; undefined where it is none: words, a path, an address. In
 * groups a command carries the name of the bot that it is for (`/new@atom`).
 */
export function readCommand(text: string): CommandReading | undefined {
  const line = text.trim();
  const head = headOf(line);
  if (!head) return undefined;
  const { name, rest } = head;
  const command = chatCommands.find((one) => one.name === name || one.also === name);
  if (!command) return { kind: 'unknown', name, ...nearTo(name), alone: rest === '' };
  for (const shape of command.takes) {
    const args = argsIn(shape, rest);
    if (args) return { kind: 'command', command, args };
  }
  return { kind: 'misused', command, rest };
}

const LONGEST_NAME = 20;
/** Behind a name only manners may follow, or the name of the bot; behind this one anything: it is an emergency. */
const EMERGENCY = 'panic';

/** The name of a command, in small letters, and what stands behind it. */
function headOf(line: string): { readonly name: string; readonly rest: string } | undefined {
  if (!line.startsWith('/')) return undefined;
  let end = 1;
  while (end < line.length && isOfName(line.charAt(end))) end++;
  const name = line.slice(1, end).toLowerCase();
  if (name === '' || name.length > LONGEST_NAME || !isLetter(name.charAt(0))) return undefined;
  if (name === EMERGENCY) return { name, rest: line.slice(end).trim() };
  const tail = tokenAt(line, end);
  const rest = line.slice(end + tail.length).trim();
  return tail === '' || tail.startsWith('@') || isManners(tail) ? { name, rest } : undefined;
}

const isLetter = (sign: string): boolean => sign >= 'a' && sign <= 'z';
const isDigit = (sign: string): boolean => sign >= '0' && sign <= '9';

function isOfName(sign: string): boolean {
  const small = sign.toLowerCase();
  return isLetter(small) || isDigit(small) || small === '_' || small === '-';
}

const MANNERS = '.!?…,;:';
const isManners = (tail: string): boolean => [...tail].every((sign) => MANNERS.includes(sign));

const isSpace = (sign: string): boolean => sign.trim() === '';

/** What stands at a place of a line up to the next space. */
function tokenAt(line: string, start: number): string {
  let end = start;
  while (end < line.length && !isSpace(line.charAt(end))) end++;
  return line.slice(start, end);
}

/** What the tokens of a shape are in a text; undefined where it has others, more or fewer. */
function argsIn(
  shape: readonly Token[],
  text: string,
): Readonly<Record<string, string>> | undefined {
  const args: Record<string, string> = {};
  let left = text;
  for (const token of shape) {
    const word = tokenAt(left, 0);
    const taken = typeof token === 'object' && 'rest' in token ? left : word;
    if (taken === '' || !fits(token, taken)) return undefined;
    args[slotOf(token)] = taken;
    left = left.slice(taken.length).trim();
  }
  return left === '' ? args : undefined;
}

const MOST_DIGITS = 6;

function fits(token: Token, word: string): boolean {
  if (typeof token === 'string') return word.toLowerCase() === token;
  if (!('number' in token)) return true;
  return word.length <= MOST_DIGITS && [...word].every(isDigit) && Number(word) > 0;
}

function slotOf(token: Token): string {
  if (typeof token === 'string') return token;
  return 'word' in token ? token.word : 'number' in token ? token.number : token.rest;
}

/** The command that a mistyped one most likely stands for. */
function nearTo(name: string): { readonly near?: string } {
  const near = closest(
    name,
    chatCommands.map((one) => one.name),
  );
  return near === undefined ? {} : { near };
}

/** What stands behind these may have been meant for a code, which is never said again. */
const WITH_CODES: readonly string[] = ['pair', 'resume'];
const MOST_SAID_AGAIN = 20;

/** What to say to somebody who said it in a way that is none. */
export function misuseWords({
  command: { name, form },
  rest,
}: Extract<CommandReading, { readonly kind: 'misused' }>): string {
  const isOne = rest !== '' && tokenAt(rest, 0) === rest && rest.length <= MOST_SAID_AGAIN;
  const what = isOne && !WITH_CODES.includes(name) ? visible(rest) : undefined;
  if (what !== undefined) return `/${name} takes no ${what}. It is said as: ${form}`;
  return `That is not how /${name} is said. It is said as: ${form}`;
}

/** What to say where a command came in a way in which nobody orders anything: from a guest, or passed on. */
export const notHereWords = ({ name }: ChatCommand): string =>
  `/${name} is not for guests, nor for words that were passed on.`;

/** What to say where there is no such command. */
export function unknownWords({ name, near }: { readonly name: string; readonly near?: string }) {
  const hint = near === undefined ? 'Send /help to see what there is.' : `Did you mean /${near}?`;
  return `I do not know /${name}. ${hint}`;
}

/** True for a message that has a turn of its own: it is no part of what is said. */
export function isTurnCommand(text: string): boolean {
  const reading = readCommand(text);
  return reading?.kind === 'command' && reading.command.where !== 'door';
}

/** True for one that the offline planner does, exactly as it is said. */
export function isPlannerCommand(text: string): boolean {
  const reading = readCommand(text);
  return reading?.kind === 'command' && reading.command.where === 'planner';
}
