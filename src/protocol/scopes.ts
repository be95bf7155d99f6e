import type { Scope } from '../domain/caller.ts';
import type { GatewayEvent } from './events.ts';
import type { Method } from './methods.ts';

const METHODS: Partial<Readonly<Record<Method, Scope>>> = {
  connect: 'read',
  status: 'read',
  stats: 'read',
  // Of every user by name: more than whoever looks on is told.
  'stats.by': 'operate',
  health: 'read',
  'chat.send': 'chat',
  'chat.history': 'read',
  'chat.stop': 'chat',
  // Of every chat, those with others too: more than whoever looks on is told.
  'sessions.list': 'operate',
  'sessions.show': 'operate',
  'approvals.list': 'read',
  'approvals.show': 'read',
  'approvals.answer': 'approve',
  'agents.list': 'read',
  'agents.show': 'read',
  'runs.list': 'read',
  'runs.show': 'read',
  // As above: the words of every chat.
  'queue.list': 'operate',
  'feed.list': 'read',
  // In the owner's name, which agents believe.
  'feed.post': 'operate',
  'feed.react': 'operate',
  'rules.list': 'read',
  'jails.list': 'read',
  'channels.list': 'read',
  'factor.status': 'read',
  'log.recent': 'operate',
  panic: 'operate',
  pause: 'operate',
  resume: 'operate',
  'agents.pause': 'operate',
};

const EVENTS: Partial<Readonly<Record<GatewayEvent['kind'], Scope>>> = {
  log: 'operate',
  'channel.link': 'admin',
  // Who strangers are is for whoever may stop things, and nobody who only looks on.
  pairing: 'operate',
  sender: 'operate',
};

/** What it takes to ask for a method. One that nobody placed is for this machine's own socket only. */
export const scopeOfMethod = (method: Method): Scope => METHODS[method] ?? 'admin';

/** What a user may ask for, of what is their own, and what it takes. */
const OF_USERS: Partial<Readonly<Record<Method, Scope>>> = {
  connect: 'read',
  'chat.send': 'chat',
  'chat.history': 'read',
  'chat.stop': 'chat',
  'sessions.list': 'read',
  'sessions.show': 'read',
  'sessions.replay': 'read',
  'approvals.list': 'read',
  'approvals.show': 'read',
  'feed.list': 'read',
  'memory.list': 'read',
  'memory.show': 'read',
  'stats.by': 'read',
};

/** The same for a user; undefined for what is the owner's alone. */
export const scopeForUsers = (method: Method): Scope | undefined => OF_USERS[method];

/** What it takes to be told of an event. */
export const scopeOfEvent = ({ kind }: GatewayEvent): Scope => EVENTS[kind] ?? 'read';
