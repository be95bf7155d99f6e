import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { OutboundMedia } from '../../domain/message.ts';
import { longText } from '../long-text.ts';
import { escaped } from './escape.ts';
import { marked } from './marked.ts';

/** discord.com/developers/docs/resources/message: of a text, and of the text of an embed. */
const MOST_CONTENT = 2000;
const MOST_EMBED = 4096;

/** A text that is too long for a message stands in an embed, and one that is too long for that in a file. */
export async function shownOf(message: SendRequest) {
  const { text, format, media } = message;
  const isShort = text.length <= MOST_EMBED;
  const words = isShort && format === 'markdown' ? marked(text, MOST_EMBED) : escaped(text);
  const files = media ? [await fileOf(media)] : [];
  const look = { files, allowed_mentions: NOBODY };
  if (words.length <= MOST_CONTENT) return { ...look, content: words, embeds: [] };
  if (words.length <= MOST_EMBED) return { ...look, ...embedOf(words) };
  const { beginning, file } = longText(message);
  const { name, type: contentType, bytes: data } = file;
  files.push({ name, data, contentType });
  return { ...look, content: escaped(beginning), embeds: [] };
}

const embedOf = (description: string) => ({ content: '', embeds: [{ description }] });

/** Whatever a text says, nobody is called by it. */
const NOBODY = { parse: [], replied_user: false };

async function fileOf({ path, name, type }: OutboundMedia) {
  const data = await readFile(path).catch(() => {
    throw new SendError({ kind: 'refused', reason: 'the file is gone' });
  });
  return { name: name ?? basename(path), data, contentType: type ?? 'image/png' };
}
