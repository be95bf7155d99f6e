import { AtomError } from '../../src/base/errors.ts';
import type { Closed, Gateway } from '../../src/bridge/gateway.ts';
import type { Approval } from '../../src/domain/approval.ts';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import type { Card } from '../../src/domain/card.ts';
import type { Answers } from '../../src/protocol/answers.ts';
import type { GatewayEvent } from '../../src/protocol/events.ts';
import type { PairingView } from '../../src/protocol/people-methods.ts';
import type { Status } from '../../src/protocol/status.ts';

export interface FakeGateway extends Gateway {
  /** Everything asked for but the status, in order. */
  readonly asked: { readonly method: string; readonly params: unknown }[];
  emit(event: GatewayEvent): void;
  end(closed: Closed): void;
  /** What a method answers from now on. */
  answers(method: string, answer: (params: never) => unknown): void;
}

/** A gateway in memory: answers like a real one that has nothing to say. */
export function fakeGateway(): FakeGateway {
  const asked: { method: string; params: unknown }[] = [];
  const listeners = new Set<(event: GatewayEvent) => void>();
  const { promise: closed, resolve: end } = Promise.withResolvers<Closed>();
  const answers = new Map<string, (params: never) => unknown>([
    ['status', () => quietStatus],
    ['log.recent', () => ({ lines: [] })],
    ['chat.history', () => ({ entries: [] })],
    // Somebody who was here before.
    ['sessions.list', () => ({ sessions: [{}] })],
    ['senders.list', () => people()],
    ['senders.approve', () => ({ sender: {} })],
    ['senders.deny', () => ({ denied: {} })],
    ['approvals.list', () => ({ approvals: [] })],
    ['chat.send', () => ({ event: 'e1', session: 'terminal:self:main', duplicate: false })],
    ['approvals.answer', () => ({ ok: true, message: 'taken' })],
  ]);
  return {
    hello: {
      protocol: 1,
      profile: 'default',
      version: '0.1.0',
      pid: 7,
      startedAt: 5,
      boot: 'b1',
      seq: 0,
      gap: false,
      scopes: LOCAL_OWNER.scopes,
    },
    asked,
    closed,
    end,
    close: () => end({ by: 'us', message: 'closed here' }),
    answers: (method, answer) => answers.set(method, answer),
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    request: async (method, params) => {
      if (method !== 'status') asked.push({ method, params });
      const answer = answers.get(method);
      if (!answer) throw new AtomError('usage', `no answer for ${method}`);
      return answer(params as never) as never;
    },
  };
}

export const quietStatus: Status = {
  profile: 'default',
  version: '0.1.0',
  pid: 7,
  startedAt: 5,
  stopping: false,
  usage: {
    actions: 0,
    commands: 0,
    money: 0,
    moneyPerDay: 5,
    currency: 'USD',
    tokens: 0,
    tokensPerDay: 20_000_000,
  },
  socket: '/run/atom.sock',
  network: { state: 'off' },
  webhooks: { state: 'off', channels: [] },
  agent: { name: 'atom', maturity: 'intern', model: 'offline' },
  agents: [{ name: 'atom', maturity: 'intern', paused: false }],
  jail: { state: 'ready', mechanism: 'bwrap', checks: [], warnings: [] },
  jails: [],
  channels: [],
  skills: [],
  circuits: [],
  doubts: 0,
  spool: { waiting: 0, dead: 0 },
  outbox: { waiting: 0, failed: 0, uncertain: 0 },
  approvals: [],
  secondFactor: { enrolled: false },
  record: { entries: 0, signed: 0 },
  running: [],
  memoryBytes: 1,
};

export const card = (over: Partial<Card> = {}): Card => ({
  id: 'a1',
  code: 'k7p2',
  digest: 'd1',
  action: 'shell.exec',
  kind: 'command',
  risk: 'medium',
  factor: 'tap',
  words: ['git', 'push', 'origin', 'main'],
  folder: '/work/site',
  jail: 'site (read-write, no network)',
  may: ['change files in /work/site'],
  undo: 'cannot be undone',
  why: ['leaves this machine'],
  who: '@dana, owner',
  warnings: [],
  askedAt: Date.now(),
  expiresAt: Date.now() + 118_000,
  ...over,
});

export const pending = (shown: Card): Approval => ({
  id: shown.id,
  digest: shown.digest,
  request: {} as Approval['request'],
  card: shown,
  asker: 'terminal/owner',
  likeness: 'a likeness',
  state: 'pending',
  askedAt: shown.askedAt,
  expiresAt: shown.expiresAt,
});

type People = Answers['senders.list'];

/** Who may talk to atom, and who waits to: nobody, with nothing enrolled, unless told. */
export const people = (
  waiting: readonly PairingView[] = [],
  over: Partial<People> = {},
): People => ({
  senders: [],
  waiting,
  listed: {},
  secondFactor: false,
  ...over,
});

/** Somebody who used the owner's link and waits to be confirmed. */
export const newcomer = (over: Partial<PairingView> = {}): PairingView => ({
  id: 'p-k7p2mn',
  kind: 'link',
  channel: 'telegram',
  role: 'owner',
  state: 'matched',
  who: { channel: 'telegram', account: 'main', id: '5012233' },
  name: 'Dana K.',
  ageMs: 1_000,
  leftMs: 119_000,
  ...over,
});

/** Somebody who wrote uninvited, and has a code. */
export const stranger = (over: Partial<PairingView> = {}): PairingView =>
  newcomer({ kind: 'code', role: 'guest', state: 'open', leftMs: 3_600_000, ...over });
