import { AtomError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { A2aDeps } from '../../channels/a2a/create.ts';
import type { Remote } from '../../channels/a2a/remote.ts';
import { channels as table } from '../../channels/registry.ts';
import { replyId } from '../../outbox/reply-id.ts';
import { keyOf } from '../../protocol/session-key.ts';
import { createAlarm } from '../../store/alarm.ts';
import { messageText } from '../../store/tables/answers.ts';
import { closeIdle } from '../../store/tables/idle-sessions.ts';
import { sessionByKey } from '../../store/tables/sessions.ts';
import { findEvent, knownEventId, resultOf } from '../../store/tables/spool.ts';
import type { AtomOptions } from '../parts.ts';
import type { Records } from '../record.ts';
import type { MakePlatform } from './configured.ts';

/** A platform waits for ten seconds at most; whoever gets no answer by then asks for the task. */
const WAIT_MS = 8000;
const LOOK_MS = 1000;

/** Agents elsewhere, where any were let in. One without a token is left out, and told of. */
export const a2a: MakePlatform = async ({ config, secrets, clock, log }, records) => {
  const settings = config.channels.a2a;
  if (!settings?.enabled) return [];
  const { facts } = table.a2a;
  const remotes: Remote[] = [];
  for (const { name } of settings.remotes) {
    const tokenHash = await secrets.get(`a2a.${name}`);
    if (tokenHash !== undefined && /^[0-9a-f]{64}$/.test(tokenHash))
      remotes.push({ name, tokenHash });
    else log.part('a2a').error(`no token of ${name} is stored: atom a2a add ${name}`);
  }
  if (remotes.length === 0)
    return [
      { facts, health: { state: 'failed', reason: 'no token is stored: atom a2a add NAME' } },
    ];
  const { create } = await table.a2a.load();
  const card = { name: settings.name, description: settings.description, agents: settings.agents };
  const channel = create({
    remotes,
    card,
    clock,
    newId: () => newId(),
    ...lookups(records),
    makeRoom: makeRoom(records, { clock, log: log.part('a2a') }),
  });
  return [{ facts, channel, health: { state: 'starting' } }];
};

/** Conversations of one remote agent that are kept: the oldest make room. */
const MOST_CONTEXTS = 100;

const makeRoom =
  ({ store }: Records, { clock, log }: Pick<AtomOptions, 'clock' | 'log'>): A2aDeps['makeRoom'] =>
  async (remote, context) => {
    const home = { channel: 'a2a', account: remote, peer: remote };
    const key = keyOf({ ...home, thread: context }, false);
    if (await sessionByKey(store, key)) return;
    const wish = { most: MOST_CONTEXTS - 1, now: clock.now() };
    const { left, closed } = await store.tx((sql) =>
      closeIdle(sql, `${keyOf(home, false)}:`, wish),
    );
    if (closed.length > 0)
      log.info(
        `closed the conversation of ${remote} that was idle longest: it has more than ${MOST_CONTEXTS}`,
      );
    if (left < MOST_CONTEXTS) return;
    throw new AtomError(
      'unavailable',
      `You have ${MOST_CONTEXTS} conversations here that wait for an answer. Go on in one of them, or wait.`,
    );
  };

const lookups = ({ store, bus }: Records): Pick<A2aDeps, 'find' | 'wait'> => ({
  find: async (remote, by) => {
    const from = { channel: 'a2a', account: remote };
    const id = 'id' in by ? by.id : await knownEventId(store, { from, externalId: by.external });
    const event = id === undefined ? undefined : await findEvent(store, id);
    if (event?.from.channel !== 'a2a' || event.from.account !== remote) return undefined;
    const result = await resultOf(store, event.id);
    const text = await messageText(store, replyId(event.id));
    return {
      id: event.id,
      context: event.from.thread ?? event.id,
      remote,
      ...(result === undefined ? {} : { result }),
      ...(text === undefined ? {} : { text }),
    };
  },
  wait: async (event) => {
    const alarm = createAlarm();
    const late = AbortSignal.timeout(WAIT_MS);
    const unsubscribe = bus.on('replied', ({ inReplyTo }) => {
      if (inReplyTo === event) alarm.wake();
    });
    late.addEventListener('abort', alarm.wake, { once: true });
    try {
      while (!late.aborted && (await resultOf(store, event)) === undefined)
        await alarm.wait(LOOK_MS);
    } finally {
      unsubscribe();
      late.removeEventListener('abort', alarm.wake);
    }
  },
});
