import { type Address, addressKey } from '../domain/address.ts';
import type { InboundEvent } from '../domain/event.ts';
import { haltWords } from '../domain/halt.ts';
import type { Sql } from '../domain/store.ts';
import type { Halt } from '../governance/halt/halt.ts';
import type { HaltDoor } from '../ingress/halt-door.ts';
import { queueText } from '../outbox/queue.ts';
import { answerTo } from '../outbox/reply-id.ts';
import { pendingApprovals } from '../store/tables/approvals.ts';
import { markHandled, spoolDepth } from '../store/tables/spool.ts';
import type { Channels } from './channels.ts';
import type { Resume } from './halt.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import { createStopTheirs, type StopTheirsDeps } from './stop-theirs.ts';

export interface HaltParts {
  readonly records: Records;
  readonly channels: Channels;
  readonly halt: Halt;
  readonly resume: Resume;
  readonly running: StopTheirsDeps['running'];
  /** What was used of the limits, in one line. */
  readonly usage: () => Promise<string>;
}

/** What people are told about a halt, in the chat that they write in. */
export interface HaltTalk extends HaltDoor {
  /** Tells a sender that the turn of a message was ended for good. */
  onCut(event: InboundEvent): Promise<void>;
}

export function createHaltTalk({ clock }: AtomOptions, parts: HaltParts): HaltTalk {
  const { halt, records, channels } = parts;
  const { store, bus } = records;
  const say = async (
    sql: Sql,
    message: { readonly id: string; readonly to: Address; readonly text: string },
    reply: Partial<ReturnType<typeof answerTo>> = {},
  ): Promise<void> => {
    const { channel } = message.to;
    await queueText(sql, channels.facts(channel), { ...message, ...reply, at: clock.now() });
  };
  return {
    panic: async (by) => {
      const { halted, denied } = await halt.panic(by);
      const also = denied.length === 0 ? '' : ` Denied: ${denied.join(', ')}.`;
      return `${haltWords(halted)}. What ran was killed.${also} Messages are kept. To go on: atom resume at the terminal, or /resume with a code of your second factor.`;
    },
    stopTheirs: createStopTheirs({ ...records, clock, running: parts.running }),
    resume: async (by, proof) => {
      const given = { typed: true, ...(proof === undefined ? {} : { code: proof }) };
      const resumed = await parts.resume(by, given);
      return resumed.ok ? 'atom goes on.' : resumed.message;
    },
    status: () => statusText(parts),
    explain: async ({ from: to }) => {
      const held = halt.current();
      if (!held) return false;
      const text = `${haltWords(held)}. Your message is kept until it goes on.`;
      // The same id for the whole halt and chat: said once, whatever comes.
      const id = `rests:${held.at}:${addressKey(to)}`;
      await store.tx((sql) => say(sql, { id, to, text }));
      bus.tell('outbound', undefined);
      return true;
    },
    onCut: async (event) => {
      const { id, from: to } = event;
      const held = halt.current();
      const text = held ? `Stopped: ${haltWords(held)}.` : 'Stopped.';
      await store.tx(async (sql) => {
        await markHandled(sql, id, 'stopped');
        await say(sql, { id: `cut:${id}`, to, text }, answerTo(event));
      });
      bus.tell('outbound', undefined);
    },
  };
}

async function statusText({ halt, records, usage }: HaltParts): Promise<string> {
  const held = halt.current();
  const { waiting } = await spoolDepth(records.store);
  const cards = (await pendingApprovals(records.store)).map(({ card }) => card.code);
  return [
    held ? `${haltWords(held)}.` : 'I am running.',
    `${waiting} ${waiting === 1 ? 'message waits' : 'messages wait'}.`,
    ...(cards.length === 0 ? [] : [`Waits for your answer: ${cards.join(', ')}.`]),
    await usage(),
  ].join('\n');
}
