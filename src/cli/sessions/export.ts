import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { jsonLine } from '../../base/json-line.ts';
import type { Cli } from '../cli.ts';
import { packageVersion } from '../version.ts';
import { forOthers, HEAD } from './for-others.ts';
import { pageOf } from './page.ts';
import { collected } from './replay.ts';
import { type ReplayWish, type Turns, withTurns } from './turns.ts';

/**
 * Writes a conversation, with what is private taken out of it, into one file that its owner alone may read:
 * a page that needs nothing else or, with `--json`, data. What cannot be redacted is not written.
 */
export async function exportReplay(cli: Cli, wish: ReplayWish, file: string): Promise<void> {
  const format = cli.out.json || file.endsWith('.json') ? 'json' : 'html';
  const write = format === 'json' ? dataOf : (turns: Turns) => pageOf(turns, packageVersion());
  await withTurns(cli, { ...wish, redacted: true }, (turns) =>
    writeWhole(file, write(forOthers(turns))),
  );
  if (cli.out.json) return cli.out.object({ file, format });
  cli.out.say(`It is in ${file}. Its head says what was taken out of it, and what is`);
  cli.out.say('still there: read it before you send it.');
}

async function* dataOf(turns: Turns): AsyncGenerator<string> {
  const head = { schema: 1, redacted: true, about: HEAD, version: packageVersion() };
  yield `${jsonLine({ ...head, ...(await collected(turns)) })}\n`;
}

/** The file is there whole or not at all. */
async function writeWhole(file: string, text: AsyncIterable<string>): Promise<void> {
  const draft = `${file}.partial`;
  try {
    await pipeline(Readable.from(text), createWriteStream(draft, { mode: 0o600, flags: 'wx' }));
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
