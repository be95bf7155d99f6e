import type { MessageEntity } from 'grammy/types';
import type { SendRequest } from '../../domain/channel.ts';
import { entitiesOf } from './entities.ts';
import { telegramFacts } from './facts.ts';

export interface Words {
  readonly text: string;
  /** What stretches of it mean; never together with a `parse_mode`. */
  readonly entities?: MessageEntity[];
}

/**
 * What a message says, as Telegram takes it. Markdown that would become too long for one message, as an
 * aligned table can, is shown as it was written.
 */
export async function wordsOf(
  { text, format }: Pick<SendRequest, 'text' | 'format'>,
  most = telegramFacts.maxLength,
): Promise<Words> {
  if (format !== 'markdown') return { text };
  const { readMarkdown } = await import('../markdown.ts');
  const rich = readMarkdown(text);
  if (rich.text.length > most) return { text };
  const entities = entitiesOf(rich);
  return { text: rich.text, ...(entities.length > 0 && { entities }) };
}
