import type { ModelMessage } from '../domain/completion.ts';
import type { TranscriptItem } from '../domain/session.ts';
import { type Lengths, modelMessages } from './model-messages.ts';
import { MOST_TOLD } from './told-result.ts';

/** How a conversation is told: in full at first, and more and more briefly as the room fills. */
const LEVELS: readonly (Lengths & { readonly upTo: number })[] = [
  { upTo: 0.5, old: MOST_TOLD, recent: MOST_TOLD },
  { upTo: 0.65, old: 4000, recent: MOST_TOLD },
  { upTo: 1, old: 1000, recent: MOST_TOLD },
  { upTo: 1, old: 400, recent: 6000 },
  { upTo: 1, old: 200, recent: 2500 },
  { upTo: 1, old: 200, recent: 1000, words: 2000 },
  { upTo: 1, old: 100, recent: 400, words: 500 },
];
/** As brief as older results get before the conversation itself is summed up. */
const BEFORE_SUMMARY = 2;

export interface Fitting {
  /** The most tokens that the messages may have. */
  readonly most: number;
  readonly guess: (messages: readonly ModelMessage[]) => number;
}

/**
 * The messages of a conversation, within `most` tokens as far as that can be: older results are cut harder
 * than new ones, and in the end whole turns are left out, the oldest first. A call always has its result.
 */
export function fitted(
  transcript: readonly TranscriptItem[],
  { most, guess }: Fitting,
): readonly ModelMessage[] {
  for (const { upTo, ...lengths } of LEVELS) {
    const messages = modelMessages(transcript, lengths);
    if (guess(messages) <= most * upTo) return messages;
  }
  return withoutOldest(transcript, { most, guess });
}

/** How many tokens the messages have before anything but older results would be told more briefly. */
export const weight = (transcript: readonly TranscriptItem[], { guess }: Fitting): number =>
  guess(modelMessages(transcript, LEVELS[BEFORE_SUMMARY]));

function withoutOldest(
  transcript: readonly TranscriptItem[],
  { most, guess }: Fitting,
): readonly ModelMessage[] {
  const summary = transcript.filter(({ role }) => role === 'summary');
  let rest = transcript.filter(({ role }) => role !== 'summary');
  let left = 0;
  for (;;) {
    const note: TranscriptItem = {
      role: 'note',
      text: `${left} earlier entries are left out here`,
    };
    const told = left === 0 ? rest : [note, ...rest];
    const messages = modelMessages([...summary, ...told], LEVELS.at(-1));
    // The words that are answered now, and what came of them, stay.
    const next = rest.findIndex((item, at) => at > 0 && item.role === 'user');
    if (next < 0 || guess(messages) <= most) return messages;
    left += next;
    rest = rest.slice(next);
  }
}
