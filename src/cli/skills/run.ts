import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { visibleBlock } from '../../base/visible.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Outcome } from '../../domain/action.ts';
import { tellWaiting } from '../chat/chat.ts';
import type { Cli } from '../cli.ts';
import { codeFor } from './approve.ts';
import { withShelf } from './shelf.ts';

/** One call may wait for the owner's yes to what it asks for. */
const MOST_MS = 600_000;

/** Calls a skill once, as the owner's own act; its input is JSON, or `--key value` for each field. */
export async function runSkill(
  cli: Cli,
  name: string,
  { words, totpStdin }: { readonly words: readonly string[]; readonly totpStdin: boolean },
): Promise<void> {
  await withShelf(cli, async (gateway) => {
    const { skills } = await gateway.request('skills.list', {}, { timeoutMs: MOST_MS });
    const skill = skills.flatMap((one) => one.skills).find((one) => one.name === name);
    const input = inputFrom(words, skill?.input ?? {});
    const code = await codeFor(cli, gateway, { needed: skill?.complexity === 4, totpStdin });
    const stop = tellQuestions(cli, gateway);
    const order = { skill: name, input, ...code };
    const { outcome } = await gateway.request('skills.run', order, { timeoutMs: MOST_MS });
    stop();
    if (!outcome.ok) throw notDone(outcome);
    if (cli.out.json) return cli.out.object({ skill: name, result: outcome.value });
    cli.out.data(visibleBlock(textOf(outcome.value)));
  });
}

/** What the skill asks for while it runs may be asked about. */
export const tellQuestions = (cli: Cli, gateway: Gateway): (() => void) =>
  gateway.on((event) => {
    if (event.kind === 'approval.asked') tellWaiting(cli, event.card);
  });

/** What was typed as an input: JSON, or `--key value` for each field of a schema. */
export function inputFrom(words: readonly string[], schema: Json): Json {
  const [first, ...rest] = words;
  if (first === undefined) return {};
  if (first.startsWith('{') && rest.length === 0) return parsed(first);
  const pairs: [string, Json][] = [];
  for (let at = 0; at < words.length; at += 2) {
    const [key = '', value] = [words[at], words[at + 1]];
    if (!key.startsWith('--') || value === undefined) throw wrong(`${key} is no --key value`);
    pairs.push([key.slice(2), typed(value, typeIn(schema, key.slice(2)))]);
  }
  return Object.fromEntries(pairs);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw wrong('That is no JSON', cause);
  }
}

const wrong = (what: string, cause?: unknown): AtomError =>
  new AtomError('usage', `${what}.`, {
    cause,
    next: [`Say it as JSON:   atom skills run hello '{"name":"Dana"}'`, 'Or:   --name Dana'],
  });

/** A text stays one unless the skill's schema says that it is something else. */
const typed = (text: string, type: Json | undefined): Json =>
  type === undefined || type === 'string' ? text : parsed(text);

function typeIn(schema: Json, key: string): Json | undefined {
  const { properties } = schema as { readonly properties?: Readonly<Record<string, Json>> };
  if (properties === undefined || !Object.hasOwn(properties, key)) return undefined;
  const found = properties[key] as { readonly type?: Json; readonly enum?: Json };
  return found.enum ? undefined : found.type;
}

/** Why a call was not made, as an error. */
export function notDone({ reason, message }: Outcome & { readonly ok: false }): AtomError {
  const [first = '', ...next] = message.split('\n');
  if (reason === 'expired') return new AtomError('declined', first, { next });
  if (reason === 'denied') return new AtomError('credentials', first, { next });
  const held = ['policy', 'blocked', 'limited', 'halted'].includes(reason);
  return new AtomError(held ? 'blocked' : 'failed', first, { next });
}

/** The text that is for people, where there is one. */
export function textOf(value: Json): string {
  const { text } = (value ?? {}) as { readonly text?: Json };
  return typeof text === 'string' ? text : JSON.stringify(value, null, 2);
}
