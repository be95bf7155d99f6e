// node test/bench/model.ts [--json], a part of npm run bench: how soon the socket of an answer that is stopped is
// closed, as its server sees it, and what a first word costs beside a bare fetch. Numbers, no verdicts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { systemClock } from '../../src/base/clock.ts';
import { createLlm } from '../../src/llm/complete.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { openStore } from '../../src/store/open.ts';
import { askOnGrant, type Watch } from '../llm/ask-on-grant.ts';
import { type Format, formats } from '../llm/formats.ts';
import { type Asked, openTap } from '../llm/tap.ts';
import { spread } from './measure.ts';
import { type Row, tellRows, timed } from './table.ts';

const ROUNDS = 25;
/** A word every few milliseconds, for longer than anybody listens. */
const LONG = { content: 'word '.repeat(2000), wait: { latency: 5 } };
const SHORT = 'Hello.';

const root = mkdtempSync(join(tmpdir(), 'atom-bench-model-'));
const server = new LLMock({ port: 0, chunkSize: 8 });

/** A model of one wire format, asked as the governor asks. */
async function open(format: Format) {
  const tap = await openTap(server.url);
  const store = await openStore({ file: join(root, `${format.name}.db`) });
  const llm = createLlm({
    store,
    steady: systemClock,
    metrics: createMetrics(systemClock),
    models: format.settings(tap.here),
    key: async () => 'key',
  });
  const say = (text: string, watch: Watch) =>
    askOnGrant(
      llm,
      {
        model: format.model,
        system: 'You are atom.',
        tools: [],
        messages: [{ role: 'user', text }],
      },
      watch,
    );
  const close = async () => {
    tap.close();
    await store.close();
  };
  return { tap, say, close };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** From the stop to the closed socket, as the server sees it, in ms. */
async function stopped({ tap, say }: Opened): Promise<number> {
  const stop = new AbortController();
  const left = tap.whenLeft();
  let start = 0;
  const onText = (): void => {
    if (stop.signal.aborted) return;
    start = performance.now();
    stop.abort(new Error('stop'));
  };
  const ended = say('long', { signal: stop.signal, onText }).catch(() => undefined);
  await left;
  const ms = performance.now() - start;
  await ended;
  return ms;
}

/** From the question to the first word, in ms. */
async function firstWord({ say }: Opened): Promise<number> {
  const start = performance.now();
  let first: number | undefined;
  const onText = (): void => {
    first ??= performance.now() - start;
  };
  await say('short', { onText });
  if (first === undefined) throw new Error('nothing was said');
  return first;
}

/** The same request, sent by nothing but fetch. */
async function bareWord({ tap }: Opened, { path, headers, body }: Asked): Promise<number> {
  const { 'content-type': type = '', authorization = '' } = headers;
  const start = performance.now();
  const answer = await fetch(`${tap.here}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': type, authorization },
  });
  let [text, first] = ['', 0];
  for await (const part of answer.body ?? []) {
    text += Buffer.from(part).toString();
    if (first === 0 && text.includes(SHORT)) first = performance.now() - start;
  }
  if (first === 0) throw new Error(`nothing was said: ${text.slice(0, 300)}`);
  return first;
}

async function time(format: Format): Promise<readonly Row[]> {
  const opened = await open(format);
  const [stops, words, bare]: [number[], number[], number[]] = [[], [], []];
  try {
    await firstWord(opened);
    const request = opened.tap.asked[0];
    if (request === undefined) throw new Error('nothing was asked');
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await bareWord(opened, request));
      words.push(await firstWord(opened));
      stops.push(await stopped(opened));
    }
  } finally {
    await opened.close();
  }
  const floor = spread(bare);
  return [
    timed(`${format.name}: stopped, socket closed`, spread(stops)),
    timed(`${format.name}: first word`, spread(words), { name: 'a bare fetch', p50: floor.p50 }),
  ];
}

try {
  await server.start();
  server.onMessage('long', { content: LONG.content }, LONG.wait);
  server.onMessage('short', { content: SHORT });
  const rows: Row[] = [];
  for (const format of formats) rows.push(...(await time(format)));
  tellRows(rows);
} finally {
  await server.stop();
  rmSync(root, { recursive: true, force: true });
}
