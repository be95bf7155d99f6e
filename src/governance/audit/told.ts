import type { Json } from '../../base/json.ts';
import type { Sql } from '../../domain/store.ts';
import { newestOfKinds } from '../../store/tables/audit.ts';

/** What one entry says, field by field; nothing where it is damaged: that, the check of the record says. */
export interface Told {
  readonly kind: string;
  readonly fields: Fields;
}

type Fields = { readonly [key: string]: Json };

/** In which a gateway writes down all that the next one compares the database with. */
const ANCHORS = ['gateway.started', 'gateway.stopped'];

/** True where a gateway wrote it, of everything at once. */
export const isAnchor = ({ kind }: Told): boolean => ANCHORS.includes(kind);

/** The entries of some kinds and those of gateways, newest first. Each is looked for once it is wanted. */
export async function* toldBack(sql: Sql, kinds: readonly string[]): AsyncGenerator<Told> {
  const wanted = [...kinds, ...ANCHORS];
  let entry = await newestOfKinds(sql, wanted, Number.MAX_SAFE_INTEGER);
  while (entry) {
    yield { kind: entry.kind, fields: fieldsOf(parsed(entry.body)) };
    entry = await newestOfKinds(sql, wanted, entry.seq);
  }
}

/** The fields of an object; none of anything else. */
export const fieldsOf = (value: Json | undefined): Fields =>
  value === null || typeof value !== 'object' || Array.isArray(value) ? {} : (value as Fields);

function parsed(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return null;
  }
}
