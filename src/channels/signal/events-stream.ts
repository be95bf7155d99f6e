import { createLines } from '../lines.ts';
import type { Take } from './wire.ts';

/** Where the stream stands, across connections: a signal-cli that keeps events goes on from there. */
export interface Events {
  last?: string;
}

/** An envelope holds no files. */
const MOST_LINE_BYTES = 1024 * 1024;
const MOST_LINES = 1000;
const MOST_ID = 256;

/**
 * Reads server-sent events until they end; what is in each goes to `take`. What is no JSON is passed over.
 * Throws where the stream breaks. Source: html.spec.whatwg.org, section 9.2.
 */
export async function readEvents(
  stream: AsyncIterable<Uint8Array>,
  events: Events,
  take: Take,
): Promise<void> {
  const cut = createLines(MOST_LINE_BYTES);
  const read = createReader(events, take);
  for await (const chunk of stream) for (const line of cut(chunk)) read(line);
}

function createReader(events: Events, take: Take): (line: string) => void {
  let data: string[] = [];
  let id: string | undefined;
  const end = (): void => {
    const notice = data.length > 0 ? parsed(data.join('\n')) : undefined;
    data = [];
    if (notice !== undefined) take({ method: 'receive', params: notice });
    if (id !== undefined) events.last = id;
  };
  return (line) => {
    if (line.trim() === '') return end();
    const [, field, value = ''] = /^([a-z]+)(?:: ?(.*?))?\r?$/s.exec(line) ?? [];
    if (field === 'id' && value.length <= MOST_ID) id = value;
    if (field !== 'data') return;
    data.push(value);
    if (data.length > MOST_LINES) throw new RangeError('an event of too many lines');
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
