import { visible, visibleBlock } from '../../base/visible.ts';
import { memoryOf } from '../../config/paths.ts';
import { OWNER, type PlacedNote } from '../../domain/memory.ts';
import { allNotes, findNote, type NoteWish, type PlaceWish } from '../../memory/list.ts';
import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';
import { requireUser } from '../users/known.ts';
import { type NotesOf, seenBy } from './seen.ts';

/** Every note on one line, the newest first; asks no gateway. */
export async function listNotes(cli: Cli, wish: NotesOf & PlaceWish): Promise<void> {
  const seen = await seenBy(cli, wish);
  const notes = await allNotes(memoryOf(cli.paths), wish, seen);
  if (notes.length === 0) await requireUser(cli, wish.user);
  if (cli.out.json) return cli.out.object({ notes });
  if (notes.length === 0) {
    cli.out.say('Nothing is remembered.');
    return cli.out.hint('In a chat with an agent:   remember that I take my tea with milk');
  }
  for (const line of table([['NOTE', 'AGENT', 'OF', 'KEPT', 'WHAT'], ...notes.map(rowOf)]))
    cli.out.data(line);
  if (notes.some(isStrange))
    cli.out.hint('Look at one, and if you stand by what it says:   atom memory trust <note>');
}

/** One note, as it is; asks no gateway. */
export async function showNote(cli: Cli, wish: NotesOf & NoteWish): Promise<void> {
  const note = await findNote(memoryOf(cli.paths), wish, await seenBy(cli, wish));
  if (cli.out.json) return cli.out.object({ note });
  cli.out.raw(visibleBlock(note.text));
  const whose = note.person === OWNER ? 'you' : note.person;
  const where = note.chat === undefined ? 'by hand' : `in ${note.chat}`;
  cli.out.say(`What ${note.agent} remembers of ${whose}, kept ${where} on ${dayOf(note)}.`);
  if (isStrange(note)) cli.out.say(`It counts as ${labelWords(note)}.`);
  cli.out.hint(`Edit it:   ${visible(note.path)}`);
}

/** Only where its file is, for an editor. */
export async function showPath(cli: Cli, wish: NotesOf & NoteWish): Promise<void> {
  const { path } = await findNote(memoryOf(cli.paths), wish, await seenBy(cli, wish));
  if (cli.out.json) return cli.out.object({ path });
  cli.out.data(path);
}

const MOST_WHAT = 60;

const rowOf = (note: PlacedNote): readonly string[] => [
  note.name,
  note.agent,
  note.person === OWNER ? 'you' : note.person,
  dayOf(note),
  `${isStrange(note) ? `(${labelWords(note)}) ` : ''}${note.text.slice(0, MOST_WHAT).toWellFormed()}`,
];

const dayOf = ({ at }: PlacedNote): string => new Date(at).toISOString().slice(0, 10);

const isStrange = ({ labels }: PlacedNote): boolean =>
  labels.integrity === 'untrusted' || labels.confidentiality === 'secret';

function labelWords({ labels, from }: PlacedNote): string {
  const words = [
    ...(labels.integrity === 'untrusted' ? ['strangers’ words'] : []),
    ...(labels.confidentiality === 'secret' ? ['private'] : []),
  ].join(' and ');
  return from === undefined ? words : `${words}: ${visible(from)}`;
}
