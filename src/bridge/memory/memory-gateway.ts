import { systemClock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { type BridgeError, ConnectionError, SendError, SessionError } from '../errors.ts';
import type { Dial, Link, LinkEvent, Outgoing } from '../link.ts';
import { type Listening, listening } from '../listening.ts';

/** How a try to connect ends: `connected`, or with the ConnectionError of that kind. */
export type ConnectOutcome = 'connected' | 'authentication' | 'network' | 'timeout';

/**
 * What becomes of a try to send. `lost-answer`: the message is taken, and the line is cut before the answer;
 * `cut`: it is cut before the message is taken; `silent`: no answer comes (`timeout`).
 */
export type SendOutcome =
  | 'taken'
  | 'rejected'
  | 'rate-limit'
  | 'not-found'
  | 'silent'
  | 'cut'
  | 'lost-answer';

/** What happens, in order. Once a list is used up, everything works. */
export interface MemoryScript {
  readonly connects?: readonly ConnectOutcome[];
  readonly sends?: readonly SendOutcome[];
  /** What the agent says to a message; nothing where it is undefined. */
  reply?(message: Received): string | undefined;
}

/** A message that the gateway in memory took; each is there once, however often it was sent. */
export type Received = Outgoing;

/** A gateway without a network, for one bridge. */
export interface MemoryGateway {
  readonly dial: Dial;
  readonly received: readonly Received[];
  /** Adds to what will happen. */
  expect(script: Pick<MemoryScript, 'connects' | 'sends'>): void;
  say(sessionKey: string, text: string): void;
  cut(): void;
}

export function memoryGateway(script: MemoryScript): MemoryGateway {
  const connects = [...(script.connects ?? [])];
  const sends = [...(script.sends ?? [])];
  const received: Received[] = [];
  let line: Line | undefined;

  const take = (message: Outgoing): void => {
    if (received.some(({ messageId }) => messageId === message.messageId)) return;
    received.push(message);
    queueMicrotask(() => answer(message));
  };
  const answer = (message: Received): void => {
    const { messageId: ref, sessionKey } = message;
    const text = script.reply?.(message);
    line?.tell([
      ...(text === undefined ? [] : [said(sessionKey, text, ref)]),
      { kind: 'ended', ref, result: 'replied' },
    ]);
  };
  const send = async (on: Line, message: Outgoing): Promise<{ readonly ref: string }> => {
    await Promise.resolve();
    if (!on.link.open) throw cutOff();
    const outcome = sends.shift() ?? 'taken';
    if (outcome === 'taken' || outcome === 'lost-answer') take(message);
    if (outcome === 'cut' || outcome === 'lost-answer') on.cut();
    if (outcome !== 'taken') throw refusals[outcome]();
    return { ref: message.messageId };
  };
  return {
    received,
    dial: async (signal) => {
      await Promise.resolve();
      signal.throwIfAborted();
      const outcome = connects.shift() ?? 'connected';
      if (outcome !== 'connected')
        throw new ConnectionError(outcome, `The script says so: ${outcome}.`);
      const fresh = createLine(send);
      line = fresh;
      return fresh.link;
    },
    expect(more) {
      connects.push(...(more.connects ?? []));
      sends.push(...(more.sends ?? []));
    },
    say: (sessionKey, text) => line?.tell([said(sessionKey, text)]),
    cut: () => line?.cut(),
  };
}

/** One connection to a gateway in memory. */
interface Line {
  readonly link: Link;
  tell(events: readonly LinkEvent[]): void;
  cut(): void;
}

function createLine(
  send: (on: Line, message: Outgoing) => Promise<{ readonly ref: string }>,
): Line {
  const heard: Listening = listening();
  const { promise: closed, resolve } = Promise.withResolvers<BridgeError>();
  let open = true;
  const cut = (): void => {
    open = false;
    resolve(cutOff());
  };
  const line: Line = {
    cut,
    tell: (events) => {
      for (const event of events) if (open) heard.tell({ ...event }, [event]);
    },
    link: {
      gap: false,
      get open() {
        return open;
      },
      closed,
      close: cut,
      listen: heard.listen,
      send: (message) => send(line, message),
      ping: async () => undefined,
    },
  };
  return line;
}

const cutOff = (): ConnectionError => new ConnectionError('network', 'The line was cut.');

const refusals = {
  rejected: () => new SendError('rejected', 'The script says so: rejected.'),
  'rate-limit': () => new SendError('rate-limit', 'The script says so: rate-limit.'),
  'not-found': () => new SessionError('not-found', 'The script says so: not-found.'),
  silent: () => new ConnectionError('timeout', 'The script says so: silent.'),
  cut: cutOff,
  'lost-answer': cutOff,
} as const;

const said = (sessionKey: string, text: string, inReplyTo?: string): LinkEvent => ({
  kind: 'message',
  id: newId(),
  sessionKey,
  text,
  at: systemClock.now(),
  ...(inReplyTo === undefined ? {} : { inReplyTo }),
});
