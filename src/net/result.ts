import type { Json } from '../base/json.ts';
import { readBody } from './body.ts';
import type { Asked } from './describe.ts';
import type { Arrived } from './follow.ts';
import { readText } from './text.ts';

/** Unpacked. */
const MOST_BYTES = 2_000_000;

/** What `net.fetch` gives back of an answer. Throws AtomError `failed` where it breaks off. */
export async function resultOf(
  { target, answer, passed }: Arrived,
  { wish }: Asked,
  signal: AbortSignal,
): Promise<Json> {
  const body = await readBody(answer, MOST_BYTES, signal);
  const type = answer.headers['content-type'] ?? '';
  const read = readText(body.bytes, { type, base: target.url, form: wish.form });
  return {
    url: target.url,
    status: answer.statusCode ?? 0,
    passed,
    ...read,
    bytes: body.bytes.length,
    truncated: body.cut || read.truncated,
    headers: headersOf(answer.headers),
  };
}

/** Cookies are not kept, so nobody is told of them. */
const headersOf = (headers: Arrived['answer']['headers']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || name.startsWith('set-cookie')
        ? []
        : [[name, [value].flat().join(', ')]],
    ),
  );
