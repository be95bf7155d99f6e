import type { Job } from '../../domain/job.ts';
import { jobWords, whenWords } from '../../domain/schedule/job-words.ts';
import { greetingFor } from './greeting.ts';
import type { Meaning } from './meaning.ts';
import { phraseKey } from './words.ts';

/** What can be told without doing anything. */
export interface Known {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** IANA name of the time zone here; looking it up takes as long as most answers. */
  readonly zone: () => string;
  /** What comes later in the chat that is answered. */
  readonly jobs: () => Promise<readonly Job[]>;
}

interface Answer {
  /** As `phraseKey` writes them. */
  readonly to: readonly string[];
  readonly say: (known: Known) => string | Promise<string>;
}

const ANSWERS: readonly Answer[] = [
  {
    to: [
      ...[
        'what time is it',
        'what is the time',
        "what's the time",
        'time',
        'the time',
        'show the time',
      ],
      ...['tell me the time', 'what time is it here', 'what is the time here'],
    ],
    say: ({ now, zone }) => whenWords(now(), zone()),
  },
  {
    to: [
      ...['what reminders do i have', 'what are my reminders', 'which reminders do i have'],
      ...['reminders', 'my reminders', 'the reminders', 'list reminders', 'list jobs', 'show jobs'],
      ...['do i have reminders', 'do i have any reminders', 'what did i ask you to remind me of'],
      ...withOwn(['list', 'show', 'show me'], ['reminders', 'jobs']),
    ],
    say: async (known) => (await remindersOf(known)).join('\n'),
  },
  {
    to: withOwn(['delete', 'remove', 'cancel', 'forget'], ['reminder', 'reminders', 'job', 'jobs']),
    say: remindersToRemove,
  },
  {
    to: [
      ...[
        'undo',
        'undo that',
        'undo it',
        'undo this',
        'undo the last change',
        'undo the last thing',
      ],
      ...['take that back', 'take it back', 'revert that', 'revert', 'undo my last change'],
    ],
    say: () => 'Send /undo: it takes back what was changed last. /undo list tells what can be.',
  },
  {
    to: [
      'no',
      'nope',
      'never mind',
      'nevermind',
      'nothing',
      'none',
      'cancel',
      'forget it',
      'forget that',
    ],
    say: () => 'All right, I do nothing.',
  },
  {
    to: ['thanks', 'thank you', 'thanks a lot', 'thank you very much', 'many thanks'],
    say: () => 'You are welcome.',
  },
];

/** What is answered out of what is known, by the agent of that name; undefined for any other text. */
export async function knownAnswer(
  text: string,
  { name, known }: { readonly name: string; readonly known: Known },
): Promise<Meaning | undefined> {
  const key =
    phraseKey(text) ||
    text
      .trim()
      .toLowerCase()
      .replace(/[.!]+$/, '');
  const answer = ANSWERS.find(({ to }) => to.includes(key));
  return answer ? { say: await answer.say(known) } : greetingFor(text, name);
}

function withOwn(verbs: readonly string[], things: readonly string[]): readonly string[] {
  const owned = ['', 'the ', 'my ', 'a ', 'all ', 'all my ', 'that ', 'this '];
  return verbs.flatMap((verb) => owned.flatMap((own) => things.map((it) => `${verb} ${own}${it}`)));
}

async function remindersOf({ jobs }: Known): Promise<readonly string[]> {
  const all = await jobs();
  if (all.length === 0) return ['There is no reminder in this chat.'];
  return all.map((job) => {
    const next = job.paused ? 'paused' : whenWords(job.nextAt, job.zone);
    return `${job.id}  ${next} — ${jobWords(job)}`;
  });
}

async function remindersToRemove(known: Known): Promise<string> {
  const all = await known.jobs();
  const lines = await remindersOf(known);
  if (all.length === 0) return lines.join('\n');
  return [...lines, `One is taken out at the terminal: atom jobs remove ${all[0]?.id}`].join('\n');
}
