import { type Address, addressKey } from '../../domain/address.ts';
import { doubtLabels, doubtWords } from '../../domain/doubt.ts';
import type { Button } from '../../domain/message.ts';
import { type Run, runCode } from '../../domain/run.ts';
import type { Signed } from '../../governance/approvals/callback.ts';
import { queueText } from '../../outbox/queue.ts';
import { messageState } from '../../store/tables/outbox.ts';
import { ownerChats } from '../owner-chats.ts';
import type { DoubtOptions, NoticeParts, Settling } from './parts.ts';
import { settledWords } from './words.ts';

/** What the buttons of a run in doubt are signed for. */
export const signedOf = ({ id, digest }: Run): Signed => ({ id, digest, code: runCode(id) });

/** Queues the alert of a run for every chat of the owner, with buttons for whoever it belongs to. */
export async function showDoubt(
  { clock }: Pick<DoubtOptions, 'clock'>,
  parts: NoticeParts,
  { run, text }: { readonly run: Run; readonly text: string },
): Promise<void> {
  const { people, store, bus } = parts.records;
  const chats = await ownerChats(people, store);
  await store.tx(async (sql) => {
    for (const to of chats)
      await queueText(sql, parts.channels.facts(to.channel), {
        id: noticeId(run, to),
        to,
        text,
        buttons: [buttonsFor(parts, run, to)],
        at: clock.now(),
      });
  });
  bus.tell('outbound', undefined);
}

/** Has every alert of a run say how it was settled, where it can be changed; elsewhere that is said in words. */
export async function tellSettled(
  { clock }: Pick<DoubtOptions, 'clock'>,
  parts: NoticeParts,
  { run, word, by, answered }: Settling & { readonly run: Run },
): Promise<void> {
  const { people, store, bus } = parts.records;
  const at = clock.now();
  const chats = await ownerChats(people, store);
  const told = answered && addressKey(answered);
  await store.tx(async (sql) => {
    const text = await settledWords(sql, run, { word, by, at });
    for (const to of chats) {
      const id = noticeId(run, to);
      if ((await messageState(sql, id)) === undefined) continue;
      await queueText(sql, parts.channels.facts(to.channel), {
        id: `${id}:settled`,
        to,
        text,
        edits: id,
        // A chat that was answered has heard it.
        ...(addressKey(to) === told ? {} : { orNew: true }),
        at,
      });
    }
  });
  bus.tell('outbound', undefined);
}

const noticeId = ({ id }: Run, { channel, peer }: Address): string =>
  `doubt:${id}:${channel}:${peer}`;

/** In a direct chat the peer is the person. */
const buttonsFor = (
  { records: { callbacks } }: NoticeParts,
  run: Run,
  { channel, account, peer }: Address,
): readonly Button[] =>
  doubtWords.map((word) => ({
    label: doubtLabels[word],
    data: callbacks.sign(signedOf(run), word, { channel, account, id: peer }),
  }));
