import type { Meaning } from './meaning.ts';
import { phraseKey } from './words.ts';

/** As `phraseKey` writes them. */
const GREETINGS = [
  ...['hello', 'hello atom', 'hello there', 'hi', 'hi atom', 'hi there', 'hey', 'hey atom', 'atom'],
  ...['good morning', 'good evening', 'who are you', 'what are you', 'who is atom', 'what is atom'],
];

/** Who an agent is, to whoever greets it or asks; undefined for any other text. */
export function greetingFor(text: string, name: string): Meaning | undefined {
  const key = phraseKey(text);
  const isMeant = GREETINGS.some((one) => one === key || one.replace(' atom', ` ${name}`) === key);
  return isMeant ? { say: whoIs(name) } : undefined;
}

const whoIs = (name: string): string =>
  [
    `I am ${name}, your agent on this machine: I work in the folders you gave me and ask before I change anything.`,
    'No model is connected, so I understand exact phrases such as “list files”; /help has them all.',
  ].join('\n');
