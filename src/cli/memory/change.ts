import { systemClock } from '../../base/clock.ts';
import { asAtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import { memoryOf } from '../../config/paths.ts';
import { FORGOTTEN_DAYS, type NotePlace } from '../../domain/memory.ts';
import { createAudit } from '../../governance/audit/append.ts';
import { openFolder } from '../../memory/folder.ts';
import { findForgotten, findNote, type NoteWish } from '../../memory/list.ts';
import { openStore } from '../../store/open.ts';
import { askCode } from '../ask/code.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';

/** Sets a note aside: by the gateway, or where none runs by itself, on the record either way. */
export async function forgetNote(cli: Cli, wish: NoteWish): Promise<void> {
  const root = memoryOf(cli.paths);
  const forgotten = await byGateway(
    cli,
    async (gateway) => (await gateway.request('memory.forget', wish)).forgotten,
    async () => {
      const note = await findNote(root, wish);
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
export async function restoreNote(cli: Cli, wish: NoteWish): Promise<void> {
  const root = memoryOf(cli.paths);
  const restored = await byGateway(
    cli,
    async (gateway) => (await gateway.request('memory.restore', wish)).restored,
    async () => {
      const place = await findForgotten(root, wish);
      await record(cli, 'memory.restored', { ...place, note: wish.note });
      await openFolder(root, place).restore(wish.note, systemClock.now());
      return findNote(root, { ...place, note: wish.note });
    },
  );
  if (cli.out.json) return cli.out.object({ restored });
  cli.out.say(`${visible(restored.name)} is remembered again.`);
}

/** Takes strangers' words in a note for the owner's, after a yes. Needs a running gateway, which decides. */
export async function trustNote(
  cli: Cli,
  { totpStdin, ...wish }: NoteWish & { readonly totpStdin: boolean },
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
    const place = { agent: note.agent, person: note.person, note: note.name };
    const { trusted } = await gateway.request('memory.trust', { ...place, ...code });
    if (cli.out.json) return cli.out.object({ trusted });
    cli.out.data(`Trusted: ${visible(trusted.name)}`);
  });
}

async function byGateway<T>(
  cli: Cli,
  ask: (gateway: Gateway) => Promise<T>,
  alone: () => Promise<T>,
): Promise<T> {
  try {
    return await withGateway(cli, false, ask);
  } catch (thrown) {
    if (asAtomError(thrown).code === 'not-running') return alone();
    throw thrown;
  }
}

/** First on the record, then done: what cannot be recorded does not happen. */
async function record(
  { paths }: Cli,
  kind: 'memory.forgotten' | 'memory.restored',
  { agent, person, note }: NotePlace & { readonly note: string },
): Promise<void> {
  const store = await openStore({ file: paths.database });
  try {
    const audit = createAudit(systemClock);
    await store.tx((sql) => audit(sql, kind, { agent, person, note, by: 'terminal/owner' }));
  } finally {
    await store.close();
  }
}
