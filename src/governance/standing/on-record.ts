import { digestOf } from '../../base/digest.ts';
import type { Json } from '../../base/json.ts';
import { redactAll } from '../../base/redact.ts';
import { visible } from '../../base/visible.ts';
import type { Sql } from '../../domain/store.ts';
import { readBase } from '../../store/tables/audit-tree.ts';
import { dropStanding, type StandingRow, standingRows } from '../../store/tables/standing.ts';
import type { Audit } from '../audit/append.ts';
import { fieldsOf, isAnchor, type Told, toldBack } from '../audit/told.ts';
import { CHAIN } from '../audit/tree.ts';

/** Digest, by id, of what the record says each of them is that the database has. */
export type StandingOnRecord = ReadonlyMap<string, string>;

/** Over all that a yes that stands is; how often it was used is no part of that. `given` is told in the record. */
export function digestOfGiven(given: Json): string {
  const fields = fieldsOf(given);
  const bound = FIELDS.map((name) => fields[name] ?? null);
  return digestOf(bound.map((value) => (Array.isArray(value) ? JSON.stringify(value) : value)));
}

/** The same of what its row has. */
const digestOfRow = ({ id, bound }: StandingRow): string => digestOf([id, ...bound]);

/** The same as an entry without a digest tells it: in the record nothing that looks like a secret stands. */
function digestAsTold({ id, bound }: StandingRow): string {
  const told = [id, ...bound].map((value) => redactAll(listIn(value) ?? value));
  return digestOf(told.map((value) => (Array.isArray(value) ? JSON.stringify(value) : value)));
}

/** Of the one field that is kept as a list; of what somebody broke, nothing. */
function listIn(value: string | number): readonly Json[] | undefined {
  if (typeof value !== 'string' || !value.startsWith('[')) return undefined;
  try {
    return JSON.parse(value) as readonly Json[];
  } catch {
    return undefined;
  }
}

/** In the order in which a row has them. */
const FIELDS = [
  'id',
  'agent',
  'action',
  'jail',
  'access',
  'folder',
  'sender',
  'program',
  'words',
  'extent',
  'by',
  'createdAt',
  'expiresAt',
];

/**
 * What the record says last of each that the database has, from its end back to the newest entry in which a
 * gateway wrote all of them down. Of what was let go of so far it has no word, so there the database is believed.
 */
export async function standingOnRecord(sql: Sql): Promise<StandingOnRecord> {
  const left = new Map((await standingRows(sql)).map((row) => [row.id, row]));
  const known = new Map<string, string>();
  if (left.size === 0) return known;
  for await (const told of toldBack(sql, ['standing.given', 'standing.revoked'])) {
    for (const [id, digest] of digestsIn(told))
      if (left.delete(id) && digest !== undefined) known.set(id, digest);
    const isAll = isAnchor(told) && told.fields.standing !== undefined;
    if (isAll || left.size === 0) return known;
  }
  if ((await readBase(sql, CHAIN)) !== undefined)
    for (const row of left.values()) known.set(row.id, digestOfRow(row));
  return known;
}

/** Those that the record does not know, or knows as something else. */
export async function unknownStanding(sql: Sql): Promise<readonly StandingRow[]> {
  const known = await standingOnRecord(sql);
  return (await standingRows(sql)).filter((row) => {
    const digest = known.get(row.id);
    return digest === undefined || (digest !== digestOfRow(row) && digest !== digestAsTold(row));
  });
}

/** Takes each of them out, on the record. Resolves to what is to be told of it; undefined where there are none. */
export async function takeOutUnknown(audit: Audit, sql: Sql): Promise<string | undefined> {
  const unknown = await unknownStanding(sql);
  for (const { id, program } of unknown) {
    await dropStanding(sql, id);
    await audit(sql, 'standing.revoked', { id, program, because: PAST_ATOM });
  }
  return unknown.length === 0 ? undefined : takenOutWords(unknown);
}

const PAST_ATOM = 'the record does not know it: somebody changed the database past atom';
const MOST_NAMED = 3;

function takenOutWords(unknown: readonly StandingRow[]): string {
  const named = unknown
    .slice(0, MOST_NAMED)
    .map(({ id, program }) => `${visible(id)} (${visible(program)})`);
  const more = unknown.length - named.length;
  const all = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return `I took out standing approvals that the record does not know: ${all}. Somebody changed the database past atom. See what was given: atom audit list --kind standing.given`;
}

type Digests = readonly (readonly [string, string | undefined])[];

/** Undefined for what was taken back. */
function digestsIn(told: Told): Digests {
  const { id, digest } = told.fields;
  if (isAnchor(told)) return Object.entries(fieldsOf(told.fields.standing)).map(textOf);
  if (told.kind === 'standing.revoked') return [[String(id), undefined]];
  // An entry of an earlier version has none.
  return [textOf([String(id), digest ?? digestOfGiven(told.fields)])];
}

const textOf = ([id, digest]: readonly [string, Json | undefined]): Digests[number] => [
  id,
  typeof digest === 'string' ? digest : undefined,
];
