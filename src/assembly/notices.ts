import { localZone } from '../base/clock.ts';
import { AtomError, asAtomError } from '../base/errors.ts';
import { hintFor, START_ANEW } from '../base/hint.ts';
import { newId } from '../base/ids.ts';
import { visible } from '../base/visible.ts';
import type { NoticeSettings } from '../config/notices-schema.ts';
import type { Address } from '../domain/address.ts';
import { type Happening, type NoticeHours, noticeText, tellAt } from '../domain/notice.ts';
import { type Own, redactPost } from '../feed/redact.ts';
import { queueText } from '../outbox/queue.ts';
import { agentById } from '../store/tables/agents.ts';
import { type Alerted, createAlertQueue } from './alert-queue.ts';
import { hearAll } from './happenings.ts';
import { startTellingHeld } from './held-notices.ts';
import { chatFor, idName } from './notice-chat.ts';
import type { AtomOptions } from './parts.ts';
import { createOwn } from './redaction.ts';
import type { ChatParts } from './tell-chats.ts';

/** What tells the owner's chats of what they chose to hear. */
export interface Notices {
  /**
   * Tells one thing now, whatever the hour. Resolves to where it goes. Throws AtomError `not-found` where
   * nothing has that name, or the owner has no chat there.
   */
  test(name: string): Promise<Address>;
  /** Tells nothing any more. Resolves once what was heard is kept. */
  stop(): Promise<void>;
}

/**
 * Tells the chats that the owner chose what they chose to hear, when they want to hear it, redacted as the
 * feed is. Never in the way of what it tells about: it holds up nothing, and what fails is a line in the log.
 */
export function startNotices(
  options: Pick<AtomOptions, 'config' | 'secrets' | 'clock' | 'log' | 'account' | 'paths'>,
  parts: ChatParts,
): Notices {
  const { clock, config } = options;
  const { store, bus } = parts.records;
  const log = options.log.part('notify');
  const all = config.notify.notices;
  const redaction = createOwn(options);
  const queue = createAlertQueue({ store, bus, clock, log });
  const words = async (one: NoticeSettings, happening: Happening, at: number) =>
    noticeText(one.template, safe(happening, await redaction(), options.paths.profile), {
      at,
      zone: hoursOf(one).zone,
    });
  const targets = all.map((one) => ({ one, alerted: alertedBy(parts, one, words) }));
  const stops = hearAll(bus, (happening) => {
    for (const { one, alerted } of targets)
      if (one.events.includes(happening.kind)) queue.add(alerted, happening);
  });
  const held = startTellingHeld({ parts, clock, log, notices: all });
  return {
    test: async (name) => {
      const one = all.find((notice) => notice.name === name);
      if (!one) throw noSuch(name);
      const to = await chatFor(parts, one);
      const [at, kind] = [clock.now(), one.events[0] ?? 'panic'];
      const text = await words(one, { kind, text: 'This is a test.' }, at);
      const message = { id: `noticing:${newId()}`, to, text, at };
      await store.tx((sql) => queueText(sql, parts.channels.facts(to.channel), message));
      bus.tell('outbound', undefined);
      return to;
    },
    stop: async () => {
      for (const stop of stops) stop();
      await Promise.all([queue.settled(), held.stop()]);
    },
  };
}

type Words = (one: NoticeSettings, happening: Happening, at: number) => Promise<string>;

const alertedBy = (parts: ChatParts, one: NoticeSettings, words: Words): Alerted => ({
  name: idName(one.name),
  compose: async (happening, at) => {
    const told = await named(parts, happening);
    if (!told) return undefined;
    const to = await chatFor(parts, one);
    const text = await words(one, told, at);
    const due = tellAt(hoursOf(one), told.kind, at);
    return { facts: parts.channels.facts(to.channel), to, text, due };
  },
});

/** With the name of the agent; nothing of one that is private is told. */
async function named(
  { records: { store } }: ChatParts,
  happening: Happening,
): Promise<Happening | undefined> {
  if (happening.agentId === undefined) return happening;
  const agent = await agentById(store, happening.agentId);
  return agent?.private ? undefined : { ...happening, agent: agent?.name ?? 'atom' };
}

/** What cannot be redacted is not told; that something happened is. */
function safe({ kind, text, agent }: Happening, own: Own, profile: string): Happening {
  const of = agent === undefined ? {} : { agent: visible(agent) };
  try {
    return { kind, text: visible(redactPost(hintFor(profile, text), own)), ...of };
  } catch (error) {
    return { kind, text: `(not told here: ${asAtomError(error).code})`, ...of };
  }
}

function hoursOf({ quiet, digest, zone }: NoticeSettings): NoticeHours {
  const [from = '', to = ''] = quiet?.split('-') ?? [];
  return {
    ...(quiet === undefined ? {} : { quiet: { from, to } }),
    ...(digest === undefined ? {} : { digest }),
    zone: zone ?? localZone(),
  };
}

const noSuch = (name: string): AtomError =>
  new AtomError('not-found', `Nothing called ${name} is told by this gateway.`, {
    next: ['See what is:   atom notify list', `After a change of the settings:   ${START_ANEW}`],
  });
