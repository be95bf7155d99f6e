import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { canonical } from '../base/json.ts';
import { type Checkpoint, checkpointsIn } from '../domain/checkpoint.ts';
import { writePrivate } from '../secrets/private-file.ts';

/** A file that is larger is made smaller: of older days only the last checkpoint is kept. */
const MOST_BYTES = 2 * 1024 * 1024;
/** Lines of the newest days that are always kept. */
const KEPT = 500;

/**
 * Adds a checkpoint to a file that only its owner may read, one JSON line each; `at` as for Date. The
 * folder has to be there: where a disk is not mounted, none is to be made in its place.
 */
export function appendCheckpoint(file: string, { note, size }: Checkpoint, at: number): void {
  const when = new Date(at).toISOString();
  // A line that a power cut left half written must not swallow this one.
  const start = existsSync(file) && !readFileSync(file, 'utf8').endsWith('\n') ? '\n' : '';
  appendFileSync(file, `${start}${canonical({ at: when, size, checkpoint: note })}\n`, {
    mode: 0o600,
  });
  if (statSync(file).size > MOST_BYTES) thin(file);
}

/** Every checkpoint in a file; none where it is not there. */
export const readCheckpoints = (file: string): readonly Checkpoint[] =>
  existsSync(file) ? checkpointsIn(readFileSync(file, 'utf8')) : [];

function thin(file: string): void {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const [older, newer] = [lines.slice(0, -KEPT), lines.slice(-KEPT)];
  const lastOfDay = new Map(older.map((line) => [/"at":"([^T]+)/.exec(line)?.[1] ?? line, line]));
  writePrivate(file, `${[...lastOfDay.values(), ...newer].join('\n')}\n`);
}
