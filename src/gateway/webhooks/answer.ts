import type { IncomingMessage } from 'node:http';
import { asAtomError } from '../../base/errors.ts';
import { randomKey } from '../../base/ids.ts';
import { redact } from '../../base/redact.ts';
import { within } from '../../base/wait.ts';
import { CARD_PATH } from '../../channels/a2a/card.ts';
import { hmac } from '../../channels/signatures/hmac.ts';
import type { Hook, HookAnswer } from '../../domain/hook.ts';
import type { Arrival } from '../network/door.ts';
import type { Bodies } from './body.ts';
import { type HookPlace, publicUrlOf } from './public-url.ts';

export interface AnswerDeps {
  readonly place: HookPlace;
  readonly hooks: () => ReadonlyMap<string, Hook>;
  readonly bodies: Bodies;
}

/** A request, and what is known of it before it is read. */
export interface Request {
  readonly request: IncomingMessage;
  readonly arrival: Arrival;
  /** Who asks; undefined where nobody may, as it is. */
  readonly client: string | undefined;
}

/** What one request came to. */
export interface Answered extends HookAnswer {
  /** Whom it was for, such as `slack`; undefined where nobody is. */
  readonly hook?: string;
}

/** A platform that waits longer has given up, and comes again. */
const HOOK_MS = 10_000;

/**
 * Hands a request to the hook that it is for. Whoever cannot prove who they are is answered as where there
 * is nothing at all, after the same work.
 */
export async function answerHook(
  { place, hooks, bodies }: AnswerDeps,
  { request, arrival, client }: Request,
): Promise<Answered> {
  const url = publicUrlOf(place, arrival);
  const { named, hook } = hookFor(hooks(), request, url !== undefined && client !== undefined);
  const read = await bodies.read(request, client ?? arrival.peer);
  if (!read.ok) return { ...named, status: read.status, reason: BODY[read.status] };
  try {
    const answer = await within(
      HOOK_MS,
      'the hook',
      hook({
        method: request.method === 'POST' ? 'POST' : 'GET',
        url: url ?? '',
        headers: joined(arrival.headers),
        body: read.body,
      }),
    );
    return { ...named, ...hidden(answer) };
  } catch (thrown) {
    const { code, message } = asAtomError(thrown);
    return { ...named, status: code === 'unavailable' ? 503 : 500, reason: redact(message) };
  } finally {
    read.done();
  }
}

const BODY = { 413: 'it is too long', 503: 'too many come at once' } as const;

function hookFor(
  hooks: ReadonlyMap<string, Hook>,
  { method, url: target = '' }: IncomingMessage,
  fit: boolean,
): { readonly named: Pick<Answered, 'hook'>; readonly hook: Hook } {
  const path = target.split('?', 1)[0] ?? '';
  // Where the Agent2Agent protocol has it: one card for all of a host.
  const name =
    path === CARD_PATH ? 'a2a' : (/^\/hooks\/([a-z0-9-]{1,32})\/?$/.exec(path)?.[1] ?? '');
  const hook = hooks.get(name);
  if (!hook) return { named: {}, hook: nobody(NOTHING) };
  const takes = method === 'POST' || (hook.takesGet && (method === 'GET' || method === 'HEAD'));
  return { named: { hook: name }, hook: takes && fit ? hook : nobody(fit ? METHOD : PLAIN) };
}

const NOTHING = 'there is no hook at that path';
const METHOD = 'it does not take that method';
const PLAIN = 'it came in plain text, or by a proxy that is not trusted';

/** Works as much as one that checks a signature. */
const nobody =
  (reason: string): Hook =>
  async ({ body }) => {
    hmac({ hash: 'sha256', key: DECOY, as: 'hex' }, body);
    return { status: 404, reason };
  };

const DECOY = randomKey();

function hidden(answer: HookAnswer): HookAnswer {
  const { status, reason = `answered with ${status}` } = answer;
  if (status < 400) return answer;
  return { status: status === 401 || status === 403 ? 404 : status, reason };
}

function joined(headers: Arrival['headers']): Readonly<Record<string, string>> {
  const lines: Record<string, string> = Object.create(null);
  for (const [name, values = []] of Object.entries(headers)) lines[name] = values.join(', ');
  return lines;
}
