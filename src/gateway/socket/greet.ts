import type { Json } from '../../base/json.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { GatewayEvent } from '../../protocol/events.ts';
import type { RequestFrame } from '../../protocol/frames.ts';
import type { Hub } from '../hub.ts';
import { type Answer, type Failure, failure, type Kernel, readParams } from '../kernel.ts';
import { type Admission, type Admit, type Greeting, requireProtocol } from './admit.ts';
import type { Line } from './line.ts';
import { openStream, type Stream } from './stream.ts';

/** What is counted of clients. */
export type Counting = Pick<Metrics, 'connection' | 'request'>;

/** What a greeting is answered with, and by whom. */
export interface Doorway {
  readonly kernel: Kernel;
  readonly hub: Hub;
  readonly line: Line;
  readonly metrics: Counting;
  readonly admit: Admit;
  readonly answerTo: (id: string, answer: Answer) => void;
  /** Tells what is about this connection only. */
  readonly tell: (event: GatewayEvent) => void;
  /** Aborts once the connection is over. */
  readonly over: AbortSignal;
}

/** Who is spoken to from here on; without `stream` it wants no events. */
export interface Greeted {
  readonly caller: Caller;
  readonly client: Greeting['client'];
  /** True where it goes on from an earlier connection. */
  readonly resumed: boolean;
  readonly stream?: Stream;
}

/** Answers the first frame. `again`: it was no greeting, and the client may try another. */
export async function greet(
  door: Doorway,
  { id, params }: RequestFrame,
): Promise<Greeted | 'again' | undefined> {
  const answer = (given: Answer): void => door.answerTo(id, given);
  const greeting = read(params);
  if ('ok' in greeting) {
    door.metrics.connection('refused', 'unknown');
    answer(greeting);
    return 'again';
  }
  const admission = await door.admit(greeting);
  if (admission.kind === 'refused') {
    door.metrics.connection('refused', greeting.client);
    answer(failure(admission.error));
    door.line.close('refused', 'not let in');
    return undefined;
  }
  if (admission.kind === 'pairing')
    return await waitForOwner(door, { greeting, admission, answer });
  const { caller, proof } = admission;
  const hello = await door.kernel.call(caller, 'connect', greeting);
  // Revoked meanwhile, it is not spoken to any more.
  if (door.over.aborted || !door.line.isOpen()) return undefined;
  // From here to the answer nothing else runs: no event falls between the two.
  const stream = greeting.events
    ? openStream(door.hub, door.line, {
        told: (event) => door.kernel.told(caller, event),
        since: greeting.since,
      })
    : undefined;
  const { seq, gap } = stream ?? { seq: door.hub.seq(), gap: false };
  answer(withMore(hello, { seq, gap, ...(proof === undefined ? {} : { proof }) }));
  stream?.pump();
  const known = { caller, client: greeting.client, resumed: greeting.since !== undefined };
  return stream ? { ...known, stream } : known;
}

function read(params: unknown): Greeting | Failure {
  try {
    const greeting = readParams('connect', params);
    requireProtocol(greeting);
    return greeting;
  } catch (error) {
    return failure(error);
  }
}

type Pairing = Extract<Admission, { readonly kind: 'pairing' }>;

interface Newcomer {
  readonly greeting: Greeting;
  readonly admission: Pairing;
  readonly answer: (given: Answer) => void;
}

/** A new device is told that it waits, then how it ended, and nothing else. */
async function waitForOwner(
  { kernel, line, tell, over }: Doorway,
  { greeting, admission, answer }: Newcomer,
): Promise<undefined> {
  const { request, proof, ended, abandon } = admission;
  over.addEventListener('abort', abandon, { once: true });
  if (over.aborted) abandon();
  const hello = await kernel.call(newcomer(request.name), 'connect', greeting);
  answer(withMore(hello, { proof, pairing: { ...request } }));
  const event = await ended;
  over.removeEventListener('abort', abandon);
  tell(event);
  line.close('paired', 'the owner answered');
}

/** Somebody who may be told which gateway this is, and nothing else. */
const newcomer = (name: string): Caller => ({ surface: 'device', id: '', name, scopes: [] });

const withMore = (answer: Answer, more: { readonly [key: string]: Json }): Answer =>
  answer.ok ? { ok: true, payload: { ...(answer.payload as object), ...more } } : answer;
