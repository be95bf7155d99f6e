import { TextDecoder } from 'node:util';
import { sizeWords } from '../base/size.ts';
import { sniff } from '../domain/media-type.ts';
import { htmlText, MOST_TEXT } from './html-text.ts';
import type { Wish } from './wish.ts';

/** A body as somebody can read it. */
export interface ReadText {
  /** Without parameters; found out where a server does not say. */
  readonly type: string;
  readonly kind: 'page' | 'text' | 'other';
  readonly title?: string;
  /** Of what is neither a page nor text a description. */
  readonly text: string;
  /** True where the text is cut. */
  readonly truncated: boolean;
}

export interface Served {
  /** As the server said it. */
  readonly type: string;
  /** What links in it are relative to. */
  readonly base: string;
  readonly form: Wish['form'];
}

const TEXTS =
  /^(text\/.+|application\/(.+\+)?(json|xml|yaml|javascript|x-ndjson|toml|sql|graphql)|image\/svg\+xml)$/;
const PAGES = /^(text\/html|application\/xhtml\+xml)$/;

/** Turns a page into text, leaves text as it is, and describes anything else. */
export function readText(bytes: Buffer, { type: said, base, form }: Served): ReadText {
  const type = mediaType(said) || sniff(bytes);
  if (bytes.length === 0) return { type, kind: 'text', text: '', truncated: false };
  const whole = TEXTS.test(type) ? decode(bytes, said) : undefined;
  if (whole === undefined || whole.slice(0, 4096).includes('\0')) {
    const text = `${type}, ${sizeWords(bytes.length)}: neither a page nor text, so it is not shown.`;
    return { type, kind: 'other', text, truncated: false };
  }
  if (!PAGES.test(type) || form === 'source') return { type, kind: 'text', ...capped(whole) };
  const { title, text, truncated } = htmlText(whole, base);
  return { type, kind: 'page', ...(title === '' ? {} : { title }), text, truncated };
}

const capped = (text: string): Pick<ReadText, 'text' | 'truncated'> => ({
  text: text.slice(0, MOST_TEXT).toWellFormed(),
  truncated: text.length > MOST_TEXT,
});

const mediaType = (said: string): string => (said.split(';', 1)[0] ?? '').trim().toLowerCase();

/** By its mark, by what the server says, by what a page says near its beginning; UTF-8 otherwise. */
function decode(bytes: Buffer, said: string): string {
  const head = bytes.subarray(0, 1024).toString('latin1');
  const named = CHARSET.exec(said)?.[1] ?? CHARSET.exec(head)?.[1] ?? 'utf-8';
  const mark = MARKS.find(({ start }) => head.startsWith(start))?.name;
  return decoderFor(mark ?? named).decode(bytes);
}

const CHARSET = /charset\s*=\s*["']?([\w.:-]{1,40})/i;
const MARKS = [
  { start: '\xef\xbb\xbf', name: 'utf-8' },
  { start: '\xff\xfe', name: 'utf-16le' },
  { start: '\xfe\xff', name: 'utf-16be' },
];

function decoderFor(name: string): TextDecoder {
  try {
    return new TextDecoder(name);
  } catch {
    // A name that nobody knows says nothing.
    return new TextDecoder();
  }
}
