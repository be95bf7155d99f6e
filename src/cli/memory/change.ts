import { systemClock } from '../../base/clock.ts';
import { visible } from '../../base/visible.ts';
import { memoryOf } from '../../config/paths.ts';
import { FORGOTTEN_DAYS } from '../../domain/memory.ts';
import { openFolder } from '../../memory/folder.ts';
import { findForgotten, findNote, type NoteWish } from '../../memory/list.ts';
import { askCode } from '../ask/code.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { byGateway, record } from './alone.ts';
import { type NotesOf, seenBy } from './seen.ts';

/** Sets a note aside: by the gateway, or where none runs by itself, on the record either way. */
export async function forgetNote(cli: Cli, wish: NotesOf & NoteWish): Promise<void> {
  const root = memoryOf(cli.paths);
  const forgotten = await byGateway(
    cli,
    async (gateway) => (await gateway.request('memory.forget', wish)).forgotten,
    async () => {
      const note = await findNote(root, wish, await seenBy(cli, wish));
      await record(cli, 'memory.forgotten', { ...note, note: note.name });
      await openFolder(root, note).forget(note.name, systemClock.now());
      return note;
    },
  );
  if (cli.out.json) return cli.out.object({ forgotten });
  cli.out.say(`Forgot ${visible(forgotten.name)}.`);
  cli.out.hint(`For ${FORGOTTEN_DAYS} days:   atom memory restore ${visible(forgotten.name)}`);
}

/** Brings a note back that was forgotten or replaced. */
export async function restoreNote(cli: Cli, wish: NotesOf & NoteWish): Promise<void> {
  const root = memoryOf(cli.paths);
  const restored = await byGateway(
    cli,
    async (gateway) => (await gateway.request('memory.restore', wish)).restored,
    async () => {
      const seen = await seenBy(cli, wish);
      const place = await findForgotten(root, wish, seen);
      await record(cli, 'memory.restored', { ...place, note: wish.note });
      await openFolder(root, place).restore(wish.note, systemClock.now());
      return findNote(root, { ...place, note: wish.note }, seen);
    },
  );
  if (cli.out.json) return cli.out.object({ restored });
  cli.out.say(`${visible(restored.name)} is remembered again.`);
}

/** Takes strangers' words in a note for the owner's, after a yes. Needs a running gateway, which decides. */
export async function trustNote(
  cli: Cli,
  { totpStdin, ...wish }: NotesOf & NoteWish & { readonly totpStdin: boolean },
): Promise<void> {
  await withGateway(cli, false, async (gateway) => {
    const { note } = await gateway.request('memory.show', wish);
    cli.out.say(visible(note.text));
    await sure(cli, {
      question: 'Do you stand by all of that, and trust it?',
      otherwise: 'Nothing was trusted.',
    });
    const { enrolled } = await gateway.request('factor.status', {});
    const code = enrolled ? { code: await askCode(cli, totpStdin) } : {};
    const { user } = wish;
    const whose = user === undefined ? {} : { user };
    const place = { agent: note.agent, person: note.person, note: note.name, ...whose };
    const { trusted } = await gateway.request('memory.trust', { ...place, ...code });
    if (cli.out.json) return cli.out.object({ trusted });
    cli.out.data(`Trusted: ${visible(trusted.name)}`);
  });
}
