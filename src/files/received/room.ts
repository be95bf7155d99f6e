import { sizeWords } from '../../base/size.ts';
import type { Sql } from '../../domain/store.ts';
import { mediaBytes } from '../../store/tables/media.ts';
import { NotTaken } from './pour.ts';

/** A file that is to be kept. */
export interface Coming {
  readonly bytes: number;
  /** Who sent it, where it was not an owner. */
  readonly giver?: string;
}

/** Of all the room there is: what people who are no owners may fill together, and each of them. */
const OTHERS = 3 / 4;
const EACH = 1 / 4;

/** Throws NotTaken where a file finds no room: whatever others send, some is left for an owner. */
export async function needRoom(sql: Sql, all: number, { bytes, giver }: Coming): Promise<void> {
  const kept = await mediaBytes(sql, giver);
  if (kept.whole + bytes > all) throw full('the room for received files', all);
  if (giver === undefined) return;
  if (kept.ofGiver + bytes > all * EACH) throw full('your part of the room for files', all * EACH);
  if (kept.ofOthers + bytes > all * OTHERS)
    throw full('the room for files of people who are no owners', all * OTHERS);
}

const full = (what: string, most: number): NotTaken =>
  new NotTaken(
    `could not be kept: ${what} is used up (${sizeWords(most)}; media.keptMegabytes in the settings)`,
  );
