import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the corpora lie, beside the project; not everybody has them. */
export const corporaFolder = resolve(import.meta.dirname, '../../../../shared/corpora');

export const haveCorpora = (): boolean => existsSync(corporaFolder);

/** One thing that somebody might ask for. */
export interface Sample {
  /** As it is named in tables: its id, or its text. */
  readonly name: string;
  readonly label: 'dangerous' | 'benign' | 'task' | 'bypass';
  readonly ask: Ask;
  /** How it is meant to get past. */
  readonly mechanism?: string;
}

export type Ask =
  | { readonly kind: 'line'; readonly text: string }
  | {
      readonly kind: 'file';
      readonly does: 'read' | 'write';
      readonly path: string;
      readonly folder: string;
    }
  /** Something that atom has no action for. */
  | { readonly kind: 'unknown'; readonly tool: string };

interface Row {
  readonly id?: string;
  readonly cmd: string | null;
  readonly label?: string;
  readonly mechanism?: string;
  readonly tool?: string;
  readonly args?: { readonly path?: string; readonly command?: string } | null;
  readonly cwd?: string | null;
}

/** The folder that rows without one are about; it is taken for the jail. */
const FOLDER = '/repo';

/** Reads one corpus. A patch counts as a write of each file it names. */
export function loadCorpus(name: string): readonly Sample[] {
  const lines = readFileSync(join(corporaFolder, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as Row).flatMap(samplesOf);
}

function samplesOf(row: Row): readonly Sample[] {
  const label = labelOf(row);
  const mechanism = row.mechanism === undefined ? {} : { mechanism: row.mechanism };
  return asksOf(row).map((ask) => ({
    name: row.id ?? row.cmd ?? '',
    label,
    ask,
    ...mechanism,
  }));
}

function labelOf({ label, mechanism }: Row): Sample['label'] {
  if (mechanism !== undefined) return 'bypass';
  if (label === 'benign-task') return 'task';
  return label === 'dangerous' ? 'dangerous' : 'benign';
}

function asksOf({ cmd, tool, args, cwd }: Row): readonly Ask[] {
  if (cmd !== null) return [{ kind: 'line', text: cmd }];
  const folder = cwd ?? FOLDER;
  const file = (does: 'read' | 'write', path: string): Ask => ({
    kind: 'file',
    does,
    path,
    folder,
  });
  if (tool === 'read_file') return [file('read', args?.path ?? '')];
  if (tool === 'write_file') return [file('write', args?.path ?? '')];
  if (tool === 'apply_patch')
    return [...(args?.command ?? '').matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm)].map(
      ([, path = '']) => file('write', path),
    );
  return [{ kind: 'unknown', tool: tool ?? '' }];
}
