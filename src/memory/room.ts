import { AtomError } from '../base/errors.ts';
import { sizeWords } from '../base/size.ts';
import { OWNER } from '../domain/memory.ts';
import type { Meant } from './memory-deps.ts';

/** Notes of one person but the owner with one agent, and all of their files together. */
const MOST_NOTES = 200;
const MOST_BYTES = 256 * 1024;

/** For a note, in the place of one of its name. Throws AtomError `blocked` where there is no room for it. */
export async function requireRoom(
  { place: { agent, person }, folder }: Meant,
  { text, name }: { readonly text: string; readonly name: string },
): Promise<void> {
  if (person === OWNER) return;
  const others = (await folder.files()).filter((file) => file.name !== name);
  const bytes = others.reduce((all, { size }) => all + size, Buffer.byteLength(text));
  const isMany = others.length >= MOST_NOTES;
  if (!isMany && bytes <= MOST_BYTES) return;
  const most = isMany ? `${MOST_NOTES} notes` : `${sizeWords(MOST_BYTES)} of notes`;
  throw new AtomError(
    'blocked',
    `That is not remembered: ${agent} keeps ${most} of one person, and has them.`,
    {
      next: [
        'Have some forgotten that are not needed:   what do you remember about me, then: forget note NAME',
        `Or the owner does:   atom memory list, then atom memory forget NAME`,
      ],
    },
  );
}
