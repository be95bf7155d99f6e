import type { IncomingMessage, ServerResponse } from 'node:http';
import { arrivalOf } from './arrival.ts';
import { checkArrival, type Endpoint } from './door.ts';
import type { Guesses } from './guesses.ts';

/** What a plain request over HTTP is answered with. */
export interface Page {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A GET whose Host and Origin were found good; `authorization` is that header, where there was one. */
export interface PageRequest {
  readonly address: string;
  readonly authorization: string | undefined;
}

/** Pages by their path, such as `/metrics`. Everything else is not found. */
export type Routes = ReadonlyMap<string, (request: PageRequest) => Promise<Page>>;

export interface PageDeps {
  readonly endpoint: Endpoint;
  readonly guesses: Pick<Guesses, 'isBarred' | 'failed'>;
  readonly routes: Routes;
}

/** Answers requests that are no WebSocket's. What is refused is refused without a word of whose port this is. */
export const createPages =
  (deps: PageDeps) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    pageFor(deps, request).then(
      (page) => send(response, page),
      () => send(response, { status: 500 }),
    );
  };

async function pageFor(
  { endpoint, guesses, routes }: PageDeps,
  request: IncomingMessage,
): Promise<Page> {
  const passage = checkArrival(endpoint, arrivalOf(request));
  if (!passage.ok) return { status: passage.status };
  const route = request.method === 'GET' ? routes.get(passage.path) : undefined;
  if (!route) return { status: 404 };
  if (guesses.isBarred(passage.address)) return { status: 429 };
  const { authorization } = request.headers;
  const page = await route({ address: passage.address, authorization });
  // Whoever showed nothing has guessed nothing.
  if (page.status === 401 && authorization !== undefined) guesses.failed(passage.address);
  return page;
}

function send(response: ServerResponse, { status, headers = {}, body = '' }: Page): void {
  response.sendDate = false;
  const length = String(Buffer.byteLength(body));
  response.writeHead(status, { ...headers, 'content-length': length, connection: 'close' });
  response.end(body);
}
