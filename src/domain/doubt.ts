import { isRunCode } from './run.ts';

/** What the owner says of a run that nobody knows the end of. */
export const doubtWords = ['happened', 'again', 'forget'] as const;
export type DoubtWord = (typeof doubtWords)[number];

/** The same on a button. */
export const doubtLabels: Readonly<Record<DoubtWord, string>> = {
  happened: 'It happened',
  again: 'Do it again',
  forget: 'Forget it',
};

/** The same as a typed answer: `again k7p2qx`, or `/again k7p2qx`. */
export interface DoubtAnswer {
  readonly word: DoubtWord;
  /** The run's six characters. */
  readonly code: string;
  /** Said as a command: then it is meant, whatever is in doubt. */
  readonly command: boolean;
}

/** Reads a typed answer; undefined where a text is anything else. */
export function doubtAnswer(text: string): DoubtAnswer | undefined {
  const [first = '', code = '', ...more] = text.trim().toLowerCase().split(/\s+/);
  const command = first.startsWith('/');
  const word = doubtWords.find((one) => one === (command ? first.slice(1) : first));
  if (word === undefined || more.length > 0 || !isRunCode(code)) return undefined;
  return { word, code, command };
}

/** What can be typed about a run, and what each answer does. */
export const doubtChoices = (code: string): readonly string[] => [
  `happened ${code} — it was done: nothing more is done`,
  `again ${code} — do it once more: decided and asked anew`,
  `forget ${code} — let it rest: nothing more is done`,
];
