import { excerpt } from '../base/excerpt.ts';
import type { Json } from '../base/json.ts';
import type { Intent, Outcome, Prepared } from '../domain/action.ts';
import { simpleCommands } from '../domain/shell-line/walk.ts';
import type { Deed } from './deeds.ts';

const MOST_BECAUSE = 200;

/**
 * What was asked for and what came of it, as a deed. `reasons`: the agent's own words go along. What was
 * never looked at may be about a private place: no name and no reason is told.
 */
export function deedOf(
  { action, context }: Intent,
  prepared: Prepared | undefined,
  { outcome, reasons }: { readonly outcome: Outcome; readonly reasons: boolean },
): Deed {
  const because = reasons && prepared ? context.because?.replaceAll(/\s+/g, ' ').trim() : undefined;
  return {
    action: action === 'memory.write' && prepared ? memoryDeed(prepared) : action,
    // What failed may not even be there: its name would be a word of the message.
    names: prepared && (outcome.ok || outcome.reason !== 'failed') ? namesOf(action, prepared) : [],
    ...(because ? { because: excerpt(because, MOST_BECAUSE) } : {}),
    result: outcome.ok ? (endedBadly(outcome.value) ? 'ended badly' : 'done') : outcome.reason,
  };
}

function namesOf(action: string, prepared: Prepared): readonly string[] {
  if (action === 'shell.exec') return programsOf(prepared).flatMap((name) => nameIn(name, PROGRAM));
  const fields = fieldsOf(prepared.resource);
  if (action.startsWith('file.')) return nameIn(fields.path, FILE);
  if (action.startsWith('skill.')) return nameIn(fields.skill ?? fields.name, PROGRAM);
  return action === 'agent.ask' ? nameIn(fields.agent ?? fields.to, PROGRAM) : [];
}

function programsOf(prepared: Prepared): readonly string[] {
  if (!prepared.script) return prepared.argv?.slice(0, 1) ?? [];
  return simpleCommands(prepared.script).flatMap(({ words: [first] }) =>
    first?.length === 1 && first[0]?.kind === 'text' ? [first[0].text] : [],
  );
}

const PROGRAM = /^[\w.+@-]{1,40}$/;
const FILE = /^[^\p{Cc}\p{Cf}/\\]{1,80}$/u;

/** The end of a path, where it is a name that can be told. */
function nameIn(path: Json | undefined, shape: RegExp): readonly string[] {
  const name = typeof path === 'string' ? path.split(/[/\\]/).at(-1) : undefined;
  return name !== undefined && shape.test(name) ? [name] : [];
}

function memoryDeed({ resource }: Prepared): string {
  const { note, text, about, restore } = fieldsOf(resource);
  if (note === undefined && about === undefined) return 'memory.write';
  return text === undefined && restore === undefined
    ? 'memory.write:forget'
    : 'memory.write:change';
}

const endedBadly = (value: Json): boolean => {
  const { exit } = fieldsOf(value);
  return typeof exit === 'number' && exit !== 0;
};

const fieldsOf = (value: Json): { readonly [key: string]: Json | undefined } =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};
