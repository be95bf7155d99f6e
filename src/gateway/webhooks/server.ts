import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import type { HookOutcome } from '../../domain/live-stats.ts';
import { arrivalOf } from '../network/arrival.ts';
import { clientOf } from '../network/door.ts';
import { createHttp, listen, type Server } from '../network/http.ts';
import type { TlsFiles } from '../network/tls-files.ts';
import { createAdmission } from './admission.ts';
import { type AnswerDeps, type Answered, answerHook } from './answer.ts';
import { createBodies } from './body.ts';
import type { Refusals } from './refusals.ts';

export interface HookServerDeps extends Omit<AnswerDeps, 'bodies'> {
  readonly tls: TlsFiles | undefined;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly refusals: Pick<Refusals, 'note'>;
  /** Told of each request of which it is known for whom it was. */
  readonly onAnswered: (hook: string, outcome: HookOutcome, ms: number) => void;
}

const MOST_CONNECTIONS = 1024;
/** A request has this long to come, all of it. */
const REQUEST_MS = 15_000;
/** What is being answered when it is over has this long. */
const CLOSE_MS = 2000;

/** Listens for the requests of platforms. Rejects with the system's error where it cannot. */
export async function openHookServer(deps: HookServerDeps): Promise<Server> {
  const server = createHttp(deps.tls, { requestTimeout: REQUEST_MS });
  server.maxConnections = MOST_CONNECTIONS;
  const answer = createAnswering(deps);
  let over = false;
  server.on('request', (request, response) => {
    answer(request).then(
      // Whoever is refused may come again, by the door; so may all once it is over.
      (answered) => send(response, answered, over || answered.status >= 400),
      // Broken off on the way here: there is nobody to answer.
      () => request.destroy(),
    );
  });
  await listen(server, deps.place);
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      over = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
      await closed;
      clearTimeout(late);
    },
  };
}

function createAnswering(deps: HookServerDeps): (request: IncomingMessage) => Promise<Answered> {
  const { place, clock, refusals, onAnswered } = deps;
  const admission = createAdmission(clock);
  const answering = { ...deps, bodies: createBodies() };
  return async (request) => {
    const began = clock.monotonic();
    const arrival = arrivalOf(request);
    const client = clientOf(place, arrival);
    const from = client ?? arrival.peer;
    const leave = admission.enter(from);
    if (!leave) {
      refusals.note({ reason: 'too many come from there, or at once', from });
      return { status: 429 };
    }
    try {
      const answered = await answerHook(answering, { request, arrival, client }).catch((broken) => {
        // Slow ones that never come whole count like wrong ones: platforms send neither.
        admission.refused(from);
        throw broken;
      });
      const { hook, status } = answered;
      note(refusals, answered, from);
      if (outcomeOf(status) === 'refused') admission.refused(from);
      if (hook !== undefined) onAnswered(hook, outcomeOf(status), clock.monotonic() - began);
      return answered;
    } finally {
      leave();
    }
  };
}

function note(
  refusals: HookServerDeps['refusals'],
  { hook, status, reason = '' }: Answered,
  from: string,
): void {
  if (status < 400) return;
  refusals.note({ ...(hook === undefined ? {} : { hook }), reason, from });
}

const outcomeOf = (status: number): HookOutcome =>
  status < 400 ? 'taken' : status < 500 ? 'refused' : 'failed';

function send(
  response: ServerResponse,
  { status, headers = {}, body = '' }: Answered,
  isLast: boolean,
): void {
  response.sendDate = false;
  const length = String(Buffer.byteLength(body));
  const own = { ...headers, 'content-length': length };
  response.writeHead(status, isLast ? { ...own, connection: 'close' } : own);
  // Of an answer to HEAD, nothing but these is sent.
  response.end(body);
}
