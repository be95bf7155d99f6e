import { hintFor } from '../base/hint.ts';
import type { Perform } from '../domain/action.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Sql } from '../domain/store.ts';
import { latestWords } from '../feed/digest.ts';
import { createBacklog } from '../ingress/backlog.ts';
import type { IngressDeps } from '../ingress/ingress-deps.ts';
import { createKeep } from '../ingress/keep.ts';
import type { PairDoor, Said } from '../ingress/pair-door.ts';
import { createStrangers } from '../ingress/strangers.ts';
import type { TalkDoor } from '../ingress/talk-door.ts';
import { whyNotHere } from '../outbox/card-text.ts';
import { queueText } from '../outbox/queue.ts';
import { answerTo } from '../outbox/reply-id.ts';
import type { Running } from '../sessions/running.ts';
import { feedPage } from '../store/tables/feed.ts';
import { messageState } from '../store/tables/outbox.ts';
import { spoolEvent } from '../store/tables/spool.ts';
import { createAgentChoice } from './agent-choice.ts';
import type { Channels } from './channels.ts';
import type { Doubts } from './doubts/doubts.ts';
import { seenIn } from './feed-desk.ts';
import type { HaltTalk } from './halt-door.ts';
import type { OwnerUndo } from './owner-undo.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import type { Stand } from './stand.ts';
import { speaker } from './whose.ts';

export interface IngressParts {
  readonly records: Records;
  readonly channels: Channels;
  readonly running: Running;
  readonly performAsSystem: Perform;
  readonly stand: Stand;
  readonly halts: HaltTalk;
  readonly talks: TalkDoor;
  readonly undo: Pick<OwnerUndo, 'door'>;
  readonly doubts: Pick<Doubts, 'door'>;
  readonly pair: PairDoor;
}

/** What the door for messages is handed. */
export function ingressDeps(options: AtomOptions, parts: IngressParts): IngressDeps {
  const { records, channels, running } = parts;
  const { store, bus, approvals, callbacks, people, pairing, users } = records;
  const { clock, paths } = options;
  const log = options.log.part('ingress');
  const backlog = createBacklog();
  const say = async (
    { id, from: to }: InboundEvent,
    text: string,
    {
      keep,
      ...reply
    }: Omit<Said, 'text'> & {
      readonly inReplyTo?: string;
      readonly quotes?: string;
      readonly keep?: (sql: Sql) => Promise<boolean>;
    },
  ): Promise<void> => {
    const message = {
      id: `say:${id}`,
      to,
      text: hintFor(paths.profile, text),
      at: clock.now(),
      ...reply,
    };
    await store.tx(async (sql) => {
      if (keep && !(await keep(sql))) return;
      await queueText(sql, channels.facts(to.channel), message);
    });
    bus.tell('outbound', undefined);
  };
  return {
    store,
    bus,
    approvals,
    callbacks,
    log,
    stand: parts.stand.answer,
    halt: parts.halts,
    talks: parts.talks,
    undo: parts.undo.door,
    doubts: parts.doubts.door,
    pair: parts.pair,
    notHere: (channel, card, stands) => whyNotHere(card, channels.facts(channel), stands),
    people,
    pairing,
    sayTo: (sql, event, said) =>
      queueText(sql, channels.facts(event.from.channel), {
        id: sayToId(event),
        to: event.from,
        at: clock.now(),
        ...said,
        text: hintFor(paths.profile, said.text),
        // What it says is of no use later.
        expiresAt: clock.now() + SAY_TO_MS,
      }),
    wasSaidTo: async (event) => (await messageState(store, sayToId(event))) !== undefined,
    onStranger: createStrangers({ perform: parts.performAsSystem, clock, log }),
    backlog,
    keep: createKeep({ store, backlog, wake: () => bus.tell('inbound', undefined) }),
    bringsAgain: (channel) => channels.facts(channel).bringsAgain === true,
    stopTurn: running.stop,
    arrived: ({ may, ...name }) => {
      running.heard(name.key, records.steady.now());
      return may && options.config.sessions.whileBusy === 'interrupt' && running.stopFor(name);
    },
    chooseAgent: createAgentChoice(options, parts),
    latestPosts: async (event) => {
      const user = speaker(users, event);
      const of = seenIn(users, { user: user?.name });
      return latestWords(await feedPage(store, { limit: LATEST, of }));
    },
    userOf: (event) => speaker(users, event),
    answer: async (event, said) => {
      const { text, ...more } = typeof said === 'string' ? { text: said } : said;
      // With the answer or not at all: an event that is known but unanswered would stay so.
      const keep = (sql: Sql): Promise<boolean> => spoolEvent(sql, event, null);
      await say(event, text, { ...more, ...answerTo(event), keep });
      options.emit({
        kind: 'turn',
        session: '',
        event: event.id,
        state: { step: 'ended', result: 'replied' },
      });
    },
    notice: (event, text) => say(event, text, {}),
    acknowledge: async (event, note) => {
      try {
        await channels.get(event.from.channel)?.acknowledge?.(event, note);
      } catch (error) {
        log.warn(`a button press could not be acknowledged: ${String(error)}`);
      }
    },
  };
}

/** So many posts are read on a telephone. */
const LATEST = 12;

const SAY_TO_MS = 3_600_000;

/** The same however often a platform brings the event: what is kept nowhere is known by its answer alone. */
const sayToId = ({ from: { channel, account }, externalId }: InboundEvent): string =>
  `pairing:${channel}:${account}:${externalId}`;
