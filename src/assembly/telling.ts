import { asAtomError } from '../base/errors.ts';
import type { Perform, Prepared } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Lesson } from '../domain/lesson.ts';
import type { Session } from '../domain/session.ts';
import { type Chronicle, createChronicle } from '../feed/chronicle.ts';
import { deedOf } from '../feed/deed-of.ts';
import type { Story } from '../feed/story.ts';
import type { TurnState } from '../protocol/events.ts';
import { agentById } from '../store/tables/agents.ts';
import { hushSession } from '../store/tables/sessions.ts';
import type { Channels } from './channels.ts';
import type { Jails } from './jail.ts';
import type { AtomOptions } from './parts.ts';
import { privateChannels } from './private-places.ts';
import type { Records } from './record.ts';
import { createOwn } from './redaction.ts';
import { userBehind } from './whose.ts';

export interface TellingParts {
  readonly records: Pick<Records, 'store' | 'bus' | 'users'>;
  readonly jails: Pick<Jails, 'list'>;
  readonly channels: Pick<Channels, 'facts'>;
}

/** One turn as the feed is told of it. */
export interface ToldTurn {
  /** The same way out; what goes through it is told, unless it happens in a private jail. */
  perform(perform: Perform): Perform;
  state(state: TurnState): void;
}

/** Tells the feed what agents do. */
export interface Telling extends Pick<Chronicle, 'tell' | 'close'> {
  turn(agent: Agent, input: { readonly event: InboundEvent; readonly session: Session }): ToldTurn;
}

/** Nothing is told of a private agent, in a private channel, or once a conversation was in a private jail. */
export function createTelling(options: AtomOptions, parts: TellingParts): Telling {
  const { clock, config } = options;
  const { store, bus, users } = parts.records;
  const log = options.log.part('feed');
  const chronicle = createChronicle({
    store,
    bus,
    clock,
    log,
    own: createOwn(options),
  });
  const isPrivate = privateChannels(config);
  const stories = new Map<string, Story>();
  const stop = bus.on('approval.asked', ({ card, request }) => {
    stories.get(request.context.event ?? '')?.waits(card.code);
  });
  const stopLearning = bus.on('learned', (lesson) => {
    tellLesson(parts, lesson, { isPrivate, tell: chronicle.tell }).catch((error: unknown) =>
      log.error(`a lesson is not told: ${asAtomError(error).message}`),
    );
  });
  return {
    tell: chronicle.tell,
    turn: (agent, { event, session }) => {
      const hush = (): void => {
        stories.delete(event.id);
        // Writes take turns: it stands before the run that is begun after it.
        hushSession(store, session.id).catch((error: unknown) =>
          log.error(`a conversation is not hushed: ${asAtomError(error).message}`),
        );
      };
      const silent = agent.private || agent.feed === 'off' || session.hushed;
      if (!silent && !isPrivate(session.home.channel) && !isPrivate(event.from.channel)) {
        const cause = causeOf(event, parts.channels);
        const userOf = async () => (await userBehind({ users, sql: store }, event))?.name;
        const teller = { agent: agent.name, session: session.id, cause, userOf };
        stories.set(event.id, chronicle.story(teller));
      }
      const begunAt = clock.monotonic();
      return {
        perform: (perform) => async (intent, given) => {
          const seen: { prepared?: Prepared } = {};
          const outcome = await perform(intent, watched(parts.jails, { seen, hush }, given));
          const reasons = agent.feed === 'detailed';
          const deed = deedOf(intent, seen.prepared, { outcome, reasons });
          stories.get(event.id)?.did(deed);
          return outcome;
        },
        state: (state) => {
          if (state.step !== 'ended') return;
          if (event.via?.surface === 'job' && !agent.private)
            bus.tell('job.ended', {
              job: event.sender.id,
              agent: agent.name,
              result: state.result,
            });
          stories.get(event.id)?.ended(state.result, clock.monotonic() - begunAt);
          stories.delete(event.id);
        },
      };
    },
    close: () => {
      stop();
      stopLearning();
      return chronicle.close();
    },
  };
}

/** Nothing of what is private to an agent, a jail or a channel. */
async function tellLesson(
  { records, jails }: TellingParts,
  { words, agent, jail, channel }: Lesson,
  {
    isPrivate,
    tell,
  }: { readonly isPrivate: (channel: string) => boolean } & Pick<Chronicle, 'tell'>,
): Promise<void> {
  const whose = agent === undefined ? undefined : await agentById(records.store, agent);
  if (whose?.private || whose?.feed === 'off') return;
  if (jails.list().find(({ name }) => name === jail)?.private) return;
  if (channel !== undefined && isPrivate(channel)) return;
  tell({ kind: 'insight', about: 'learned', text: words });
}

type Given = Parameters<Perform>[1];

interface Watch {
  readonly seen: { prepared?: Prepared };
  /** Called before something begins in a private jail. */
  readonly hush: () => void;
}

/** Sees what an action was found to be before it is done. */
const watched = (jails: TellingParts['jails'], { seen, hush }: Watch, given: Given): Given => ({
  ...given,
  within: (prepared) => {
    seen.prepared = prepared;
    if (jails.list().find(({ name }) => name === prepared.jail)?.private) hush();
    return given?.within?.(prepared);
  },
});

/** What a turn is for, without a word of what was said. */
function causeOf(
  { from, via, sender, isGroup, externalId }: InboundEvent,
  channels: Pick<Channels, 'facts'>,
): string {
  if (via?.surface === 'job') return `the job ${sender.id}`;
  if (from.channel === 'agent' && externalId.startsWith('wake:')) return 'a post in the feed';
  if (from.channel === 'agent') return `what ${sender.id === 'owner' ? 'you' : sender.id} asked`;
  if (from.channel === 'terminal') return 'a message from the terminal';
  if (from.channel === 'device') return 'a message from a device';
  const { label } = channels.facts(from.channel);
  return isGroup ? `a message of a group on ${label}` : `a message from ${label}`;
}
