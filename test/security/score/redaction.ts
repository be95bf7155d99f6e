import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MOST_POST } from '../../../src/domain/feed-post.ts';
import { redactPost } from '../../../src/feed/redact.ts';
import { corporaFolder } from './corpora.ts';

interface Row {
  readonly text: string;
  readonly label: string;
  readonly cat: string | readonly string[] | null;
  readonly name?: string;
  readonly id?: string;
}

/** How many of some texts something was taken out of, and of which not. */
export interface Taken {
  readonly found: number;
  readonly all: number;
  readonly others: readonly string[];
}

const rowsOf = (corpus: string): readonly Row[] =>
  readFileSync(join(corporaFolder, `${corpus}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

/** A text may be longer than a post: a piece at a time. */
export const isTouched = (text: string): boolean => {
  for (let at = 0; at < text.length; at += MOST_POST) {
    const piece = text.slice(at, at + MOST_POST);
    if (redactPost(piece) !== piece) return true;
  }
  return false;
};

const takenOf = (rows: readonly Row[], wanted: boolean): Taken => ({
  found: rows.filter(({ text }) => isTouched(text)).length,
  all: rows.length,
  others: rows
    .filter(({ text }) => isTouched(text) !== wanted)
    .map(({ cat, name, id }) => `${name ?? id ?? ''} (${[cat ?? []].flat().join(', ')})`),
});

/** Words that stand for a secret where rules about rules are tried; they are none. */
const isPlaceholder = ({ text }: Row): boolean =>
  /THIS IS SECRET|This test should not run/.test(text);

/** Secrets are marked as such; what one rule of many leaves to another is marked clean. */
export function secretsTaken(): Readonly<Record<'secrets' | 'placeholders' | 'clean', Taken>> {
  const rows = rowsOf('secret_secretlint');
  const secrets = rows.filter(({ label }) => label === 'secret');
  return {
    secrets: takenOf(
      secrets.filter((row) => !isPlaceholder(row)),
      true,
    ),
    placeholders: takenOf(secrets.filter(isPlaceholder), true),
    clean: takenOf(
      rows.filter(({ label }) => label !== 'secret'),
      false,
    ),
  };
}

/** What tells who somebody is, by its kind; `[]` are texts with nothing of it. */
export function personalTaken(): readonly (readonly [kind: string, Taken])[] {
  const byKind = Object.groupBy(rowsOf('text_defenseclaw_pii'), ({ cat }) =>
    [cat ?? 'none of it'].flat().join(' and '),
  );
  return Object.entries(byKind).map(([kind, rows = []]) => [
    kind,
    takenOf(rows, kind !== 'none of it'),
  ]);
}
