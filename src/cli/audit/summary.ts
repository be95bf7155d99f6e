import type { Json } from '../../base/json.ts';
import { shellWord } from '../../base/shell-word.ts';
import type { AuditEntry } from '../../domain/audit-entry.ts';
import type { JailSpec } from '../../domain/jail.ts';
import { jailWords as accessWords } from '../../domain/jail-words.ts';

type Body = Readonly<Record<string, Json>>;

/** What an entry tells, in words. Kinds without words of their own show what they hold. */
export function summaryOf({ kind, body }: Pick<AuditEntry, 'kind' | 'body'>): string {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return JSON.stringify(body);
  const fields = body as Body;
  const words = kind.startsWith('approval.')
    ? approvalWords(fields)
    : Object.hasOwn(byKind, kind)
      ? byKind[kind]?.(fields)
      : undefined;
  return words ?? JSON.stringify(body);
}

/** Each undefined where the entry is not built as it should be. */
const byKind: Readonly<Record<string, (body: Body) => string | undefined>> = {
  begun: ({ action, words }) => join(action, commandWords(words)),
  done: ({ exit, ending }) => (exit === undefined ? text(ending) : `exit ${exit}`) ?? 'done',
  failed: ({ reason, message }) => join(reason, message),
  refused: ({ action, message }) => join(action, message),
  'run.uncertain': ({ action, run }) => join(action, run),
  'message.repeated': ({ to, message }) => join('to', to, message),
  'message.failed': ({ to, reason }) => join('to', to, reason),
  'halt.panic': ({ by }) => join('everything halted', by ? byWhom(by) : undefined),
  'halt.paused': ({ by }) => join('paused', by ? byWhom(by) : undefined),
  'halt.resumed': ({ by, from }) => join('was', from, by ? byWhom(by) : undefined),
  'gateway.started': ({ version }) => join('version', version),
  'gateway.guessed': ({ source, failures }) => join('from', source, 'wrong keys', failures),
  'gateway.stopped': ({ boot }) => join('boot', boot),
  'jails.changed': ({ jails }) => jailWords(jails),
  'jails.refused': ({ jails }) => jailWords(jails),
  'users.changed': ({ users }) => userNames(users),
  'users.refused': ({ users }) => userNames(users),
  'rules.changed': ({ rules, loosened }) => ruleWords(rules, loosened),
  'files.trusted': ({ lifted }) => commandWords(lifted),
  'skill.trusted': ({ id, by, digest }) => join(id, 'by', by, 'digest', digest),
  'channel.trusted': ({ channel, by, digest }) => join(channel, 'by', by, 'digest', digest),
  'channel.forgotten': ({ channel }) => join(channel),
  'skill.waits': ({ id, why }) => join(id, why),
  'skill.refused': ({ id, why }) => join(id, why),
  'skill.enabled': ({ id, by }) => join(id, 'by', by),
  'skill.disabled': ({ id, by }) => join(id, 'by', by),
  'skill.removed': ({ id, by }) => join(id, 'by', by),
  'mcp.trusted': ({ server, tools, by }) =>
    join((server as Body | null)?.name, commandWords(tools), 'by', by),
  'mcp.changed': ({ server, digest }) => join(server, 'digest', digest),
  'mcp.same': ({ server }) => join(server),
  'mcp.classified': ({ server, tool, complexity, by }) =>
    join(server, tool, 'counts as', String(complexity), 'by', by),
  'mcp.removed': ({ server, by }) => join(server, 'by', by),
  'standing.given': ({ id, words, sender }) => join(id, commandWords(words), 'asked by', sender),
  'standing.revoked': ({ id, words, sender, because }) =>
    because === undefined ? join(id, commandWords(words), 'asked by', sender) : join(id, because),
  'factor.used': ({ how, purpose }) => join(how, 'for', purpose),
  'factor.failed': ({ reason, purpose }) => join(reason, 'for', purpose),
  'factor.locked': ({ until }) =>
    typeof until === 'number' ? join('until', new Date(until).toISOString()) : undefined,
  'factor.enrolled': () => 'a second factor',
  'factor.disabled': () => 'the second factor',
  'audit.key': ({ id, why, before }) => join(why, id, before === undefined ? '' : 'after', before),
  'audit.pruned': ({ upTo }) => (typeof upTo === 'number' ? `up to entry ${upTo}` : undefined),
  'agent.added': ({ agent, maturity }) => join(agent, maturity),
  'agent.promoted': ({ agent, from, to, by }) => join(agent, 'from', from, 'to', to, 'by', by),
  'agent.demoted': ({ agent, from, to, why }) => join(agent, 'from', from, 'to', to, why),
  'agent.paused': ({ agent, by }) => join(agent, 'by', by),
  'agent.resumed': ({ agent, by }) => join(agent, 'by', by),
  'run.marked': ({ mark, agent, run }) => join(mark, agent, run),
  'training.kept': ({ id, agent, action }) => join(id, agent, action),
  'training.replayed': ({ id, agent, outcome }) => join(id, agent, outcome),
  'training.dropped': ({ id, agent }) => join(id, agent),
};

function approvalWords({ code, id, words, by }: Body): string | undefined {
  return join(text(code) ?? id, commandWords(words), by ? byWhom(by) : undefined);
}

function byWhom(by: Json): string | undefined {
  const { surface, id } = by as Body;
  return join('by', surface, id);
}

function commandWords(words: Json | undefined): string | undefined {
  if (!Array.isArray(words)) return undefined;
  return words
    .map((word) => (words.length === 1 ? String(word) : shellWord(String(word))))
    .join(' ');
}

function jailWords(jails: Json | undefined): string | undefined {
  if (!Array.isArray(jails)) return undefined;
  return jails
    .map((jail) => `${accessWords(jail as unknown as JailSpec)} ${String((jail as Body).folder)}`)
    .join(', ');
}

function userNames(users: Json | undefined): string | undefined {
  if (!Array.isArray(users)) return undefined;
  return users.map((user) => String((user as Body).name)).join(', ') || 'none';
}

function ruleWords(rules: Json | undefined, gone: Json | undefined): string | undefined {
  if (!Array.isArray(rules) || !Array.isArray(gone)) return undefined;
  const names = rules.map((rule) => String((rule as Body).name)).join(', ') || 'none';
  return gone.length === 0 ? names : `${names}; no longer ${gone.join(', ')}`;
}

const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** What there is of the parts; undefined where there is nothing. */
const join = (...parts: readonly (Json | undefined)[]): string | undefined =>
  parts.flatMap((part) => text(part) ?? []).join(' ') || undefined;
