import { StringDecoder } from 'node:string_decoder';
import { AtomError } from '../../base/errors.ts';
import { hintFor } from '../../base/hint.ts';
import { sizeWords } from '../../base/size.ts';
import { terminalText } from '../../base/terminal-text.ts';
import { visibleBlock } from '../../base/visible.ts';
import { sleep } from '../../base/wait.ts';
import type { OutputPart } from '../../domain/run-report.ts';
import type { Cli } from '../cli.ts';
import { ask } from './place.ts';

export interface OutputWish {
  readonly ref: string;
  readonly follow: boolean;
  readonly raw: boolean;
}

const AGAIN_MS = 300;

/** Prints all that a run printed, as it came: safe to look at or, into a pipe, byte for byte. */
export async function printOutput(cli: Cli, wish: OutputWish): Promise<void> {
  if (wish.raw && process.stdout.isTTY)
    throw new AtomError('usage', '--raw could do anything to this terminal.', {
      next: [`Send it on: atom runs output ${wish.ref} --raw > output.bin`],
    });
  const print = wish.raw
    ? printRaw
    : createPrinter(hintFor(cli.paths.profile, `atom runs output ${wish.ref} --raw`));
  await ask(
    cli,
    (gateway) =>
      readAll(wish, print, (from) => gateway.request('runs.output', { ref: wish.ref, from })),
    async (place) => {
      const { readOutput } = await import('../../assembly/run-reports.ts');
      return readAll(wish, print, (from) => readOutput(place, { ref: wish.ref, from }));
    },
  );
}

type Print = (bytes: Buffer, last: boolean) => Promise<void>;

async function readAll(
  { follow }: OutputWish,
  print: Print,
  read: (from: number) => Promise<OutputPart>,
): Promise<void> {
  for (let from = 0; ; ) {
    const { bytes, next, size, running } = await read(from);
    const isLast = next >= size && !(follow && running);
    await print(Buffer.from(bytes, 'base64'), isLast);
    if (isLast) return;
    if (next === from) await sleep(AGAIN_MS, new AbortController().signal);
    from = next;
  }
}

/** No faster than whoever reads it. */
const write = (data: string | Buffer): Promise<void> =>
  new Promise((resolve) => process.stdout.write(data, () => resolve()));

const printRaw: Print = (bytes) => write(bytes);

/** A line that never ends is shown in pieces. */
const MOST_LINE = 1_000_000;

/** Whole lines, as a terminal would show them. What is no text is named and not shown. */
function createPrinter(raw: string): Print {
  const decoder = new StringDecoder('utf8');
  let [rest, total, binary] = ['', 0, false];
  return async (bytes, isLast) => {
    total += bytes.length;
    binary ||= bytes.includes(0);
    if (binary) {
      if (isLast) await write(`(binary, ${sizeWords(total)}: ${raw} > output.bin)\n`);
      return;
    }
    rest += decoder.write(bytes) + (isLast ? decoder.end() : '');
    const end = isLast || rest.length > MOST_LINE ? rest.length : rest.lastIndexOf('\n') + 1;
    const text = visibleBlock(terminalText(rest.slice(0, end)));
    rest = rest.slice(end);
    await write(isLast && text !== '' && !text.endsWith('\n') ? `${text}\n` : text);
  };
}
