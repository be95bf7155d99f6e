import { type NoteKey, parseKey, parseNote, signersOf } from '../../base/signed-note.ts';
import type { Checkpoint } from '../../domain/checkpoint.ts';
import type { KeyRow } from '../../store/tables/audit-keys.ts';
import type { Damaged } from './finding.ts';
import type { Mark } from './walk.ts';

/** A checkpoint, and whether it came from the record itself or from elsewhere. */
export interface Shown {
  readonly checkpoint: Checkpoint;
  readonly outside: boolean;
}

export interface Testimony {
  /** The keys that the record names, in the order in which they signed. */
  readonly keys: readonly KeyRow[];
  readonly shown: readonly Shown[];
  /** Keys that whoever verifies knows from elsewhere; none where the record has to be taken at its word. */
  readonly trusted: readonly string[];
}

/** What the signatures say. */
export interface Judged {
  /** What the checkpoints that are signed say of the tree. */
  readonly marks: readonly Mark[];
  /** Entries that a trusted key vouches for. */
  readonly signed: number;
  /** The id of the trusted key, where there is one. */
  readonly key?: string;
  /** What somebody should know although everything holds. */
  readonly remarks: readonly string[];
  readonly damaged?: Damaged;
}

interface Signed extends Shown {
  readonly by: readonly NoteKey[];
}

/**
 * Weighs keys and signatures. A key that is trusted vouches for those before it, whose entries its
 * checkpoints cover, and for the one after it where both signed the checkpoint that announces that.
 */
export function judge({ keys, shown, trusted }: Testimony): Judged {
  const known = keys.map(({ key }) => parseKey(key));
  const broken = known.indexOf(undefined);
  const row = keys[broken];
  if (row) return refused(row.entry, `the key that entry ${row.entry} announces is damaged`);
  const all = known.flatMap((key) => key ?? []);
  const signed: Signed[] = [];
  for (const one of shown) {
    const by = signersOf(parseNote(one.checkpoint.note) ?? NOTHING, all);
    if (!by?.some(({ name }) => name === one.checkpoint.origin)) return refused(0, unheld(one, by));
    signed.push({ ...one, by });
  }
  return chooseKey(keys, all, { signed, trusted });
}

const NOTHING = { text: '', signatures: [] };

/** From which key on the signatures count, and whether those after it are vouched for. */
function chooseKey(
  keys: readonly KeyRow[],
  all: readonly NoteKey[],
  { signed, trusted }: { readonly signed: readonly Signed[]; readonly trusted: readonly string[] },
): Judged {
  const from = trusted.length === 0 ? all.length - 1 : lastOf(all, trusted);
  const anchor = all[from];
  if (!anchor && trusted.length === 0) return { marks: [], signed: 0, remarks: [UNSIGNED] };
  if (!anchor)
    return refused(0, `it is signed by ${all.at(-1)?.id ?? 'nobody'}, not by ${namesOf(trusted)}`);
  for (const [at, { entry, why }] of keys.entries()) {
    if (at <= from || (why === 'rotated' && handedOver(signed, all[at - 1], all[at]))) continue;
    return refused(
      entry,
      `from entry ${entry} on it is signed by ${all[at]?.id}, for which ${all[at - 1]?.id} does not vouch`,
    );
  }
  const counts = signed.filter(({ by }) => by.some((key) => all.indexOf(key) >= from));
  const covered = Math.max(0, ...counts.map(({ checkpoint }) => checkpoint.size));
  const remarks = [
    ...(trusted.length === 0 ? [`the key ${anchor.id} was taken from the record itself`] : []),
    ...keys.slice(1).flatMap(gapWords),
  ];
  const judged = { marks: signed.map(markOf), signed: covered, key: anchor.id, remarks };
  if (counts.length > 0) return judged;
  const problem = `the key ${anchor.id} signs this record, and no checkpoint of it is left`;
  return { ...judged, damaged: { seq: 0, done: 'unsigned', problem } };
}

const lastOf = (all: readonly NoteKey[], trusted: readonly string[]): number =>
  all.findLastIndex(({ text }) => trusted.includes(text));

/** True where one checkpoint carries both signatures. */
const handedOver = (signed: readonly Signed[], old?: NoteKey, next?: NoteKey): boolean =>
  signed.some(({ by }) => by.some((key) => key === old) && by.some((key) => key === next));

const markOf = ({ checkpoint, outside, by }: Signed): Mark => ({
  size: checkpoint.size,
  root: checkpoint.root,
  who: `the checkpoint of ${checkpoint.size} entries signed by ${by.map(({ id }) => id).join(' and ')}${outside ? ', from outside,' : ''}`,
});

const unheld = ({ checkpoint, outside }: Shown, by: readonly NoteKey[] | undefined): string =>
  `${outside ? 'a checkpoint from outside' : 'the checkpoint'} of ${checkpoint.size} entries ` +
  (by === undefined
    ? 'carries a signature that does not hold'
    : 'is signed by a key that this record does not name');

function gapWords({ entry, why }: KeyRow): readonly string[] {
  if (why === 'lost')
    return [
      `at entry ${entry} the key before was lost: a new one begins there, and none vouches for it`,
    ];
  if (why === 'restored')
    return [`at entry ${entry} the record was shorter than what was signed: it begins anew there`];
  return [];
}

const namesOf = (trusted: readonly string[]): string =>
  trusted.map((text) => parseKey(text)?.id ?? 'a key that cannot be read').join(' or ');

const refused = (seq: number, problem: string): Judged => ({
  marks: [],
  signed: 0,
  remarks: [],
  damaged: { seq, done: 're-signed', problem },
});

const UNSIGNED =
  'no key signs it yet: the chain alone shows what was changed, not what was cut off';
