import { readSessionKey } from '../session-keys.ts';

/**
 * OpenClaw names sessions `agent:<agent>:<rest>`; its own conversation with an agent is `…:main`, and a key
 * without an agent is the default agent's.
 */
export function toOpenClaw(sessionKey: string): string {
  const { channel, type, identifier } = readSessionKey(sessionKey);
  if (channel === 'agent') return `agent:${identifier}:main`;
  if (channel === 'terminal' && type === 'self') return `agent:main:${identifier}`;
  return sessionKey;
}

/** The key that a program knows a session of OpenClaw by. */
export function fromOpenClaw(sessionKey: string): string {
  const [, agent, rest] = /^agent:([^:]+):(.+)$/.exec(sessionKey) ?? [];
  if (agent === undefined || rest === undefined) return sessionKey;
  if (rest.includes(':')) return rest;
  return agent === 'main' ? `terminal:self:${rest}` : `agent:self:${agent}`;
}
