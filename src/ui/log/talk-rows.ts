import type { FeedPost } from '../../domain/feed-post.ts';
import type { TranscriptEntry } from '../../domain/session.ts';
import { summaryWords } from '../../domain/summary-words.ts';
import { isWhole } from '../feed/feed-rows.ts';
import { outsideLine, outsideLines } from '../text/outside.ts';
import { type Row, row, span, type Tone } from '../text/spans.ts';

/** Who speaks takes five columns, so that everything said begins below everything said. */
const spoken = (who: string, tone: Tone, text: string): readonly Row[] =>
  outsideLines(text).map((line, i) => [
    span(i === 0 ? who.padEnd(5) : ' '.repeat(5), tone),
    span(line),
  ]);

/** `you  …`: what the owner wrote here. */
export const youRows = (text: string): readonly Row[] => spoken('you', 'accent', text);

/** `atom …`: what the agent says. Never drawn like a card of atom. */
export const atomRows = (text: string): readonly Row[] => spoken('atom', 'strong', text);

/** `feed …`: what an agent posted. */
export function feedRows(post: FeedPost): readonly Row[] {
  const head = `feed ${outsideLine(post.author)} · ${post.kind}: `;
  if (!isWhole(post)) return [row(`${head}${outsideLine(post.text)}`, 'dim')];
  return outsideLines(post.text).map((line, at) =>
    row(`${at === 0 ? head : ' '.repeat(5)}${line}`, 'dim'),
  );
}

/** What an entry of the transcript reads like; nothing for what only models are told. */
export function entryRows({ item }: TranscriptEntry): readonly Row[] {
  if (item.role === 'user') return youRows(item.text);
  if (item.role === 'note') return [row(outsideLine(item.text), 'dim')];
  if (item.role === 'summary') return [row(outsideLine(summaryWords(item)), 'dim')];
  return item.role === 'assistant' && item.text !== '' ? atomRows(item.text) : [];
}
