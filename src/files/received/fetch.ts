import { backoff } from '../../base/backoff.ts';
import { sizeWords } from '../../base/size.ts';
import { sleep } from '../../base/wait.ts';
import { type Channel, SendError } from '../../domain/channel.ts';
import type { InboundEvent, MediaRef } from '../../domain/event.ts';
import { mayBe } from '../../domain/media-type.ts';
import type { Kept, KeptFiles } from './kept-files.ts';
import { brokenOff, NotTaken } from './pour.ts';

export interface FetchDeps {
  readonly files: KeptFiles;
  readonly channel: (name: string) => Channel | undefined;
  /** In bytes: of one file, and of all that is kept. */
  readonly limits: { readonly file: number; readonly all: number };
}

/** One of the files of a message. */
export interface FileWish {
  readonly event: InboundEvent;
  readonly ref: MediaRef;
}

const TRIES = 3;
const RETRY = { firstMs: 200, capMs: 5000 };

/** Keeps a file as its channel hands it out; what did not work for now is tried again. Throws NotTaken, SendError. */
export async function fetched(deps: FetchDeps, wish: FileWish, signal: AbortSignal): Promise<Kept> {
  for (let tried = 1; ; tried++) {
    try {
      return await fetchOne(deps, wish, signal);
    } catch (error) {
      const mayHelp = error instanceof SendError && error.failure.kind !== 'refused';
      if (!mayHelp || tried >= TRIES) throw error;
      await sleep(backoff(RETRY, tried), signal);
    }
  }
}

async function fetchOne(
  { files, channel, limits }: FetchDeps,
  { event, ref }: FileWish,
  signal: AbortSignal,
): Promise<Kept> {
  const from = channel(event.from.channel);
  if (!from?.download) throw new NotTaken('could not be fetched: this channel brings words only');
  const enough = new AbortController();
  const both = AbortSignal.any([signal, enough.signal]);
  try {
    const bytes = await from.download(ref, both).catch(brokenOff(signal));
    return await files.keep({ bytes, most: limits.file, signal }, (kept) => judge(ref, kept));
  } finally {
    // Where it was not read to its end, nobody waits for the rest.
    enough.abort();
  }
}

function judge({ kind, type, name, bytes: said }: MediaRef, kept: Kept): void {
  if (kept.bytes === 0) throw new NotTaken('is empty');
  if (said !== undefined && kept.bytes < said)
    throw new NotTaken(`was cut off: ${sizeWords(kept.bytes)} of ${sizeWords(said)} came`);
  if (!mayBe({ kind, type, name }, kept.type))
    throw new NotTaken(`is not what it is said to be: its bytes are ${kept.type}`);
}
