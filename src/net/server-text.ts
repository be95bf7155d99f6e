import { AtomError } from '../base/errors.ts';
import { createServerFetch, type ServerFetchDeps } from './server-fetch.ts';

/** Until all of it is there: two of them are read while somebody waits to be let in. */
const WHOLE_MS = 4_000;

/**
 * The text of one document of the server that `home` names, from its origin and no other, at most `most` bytes.
 * Throws AtomError `blocked`, or `failed` where it is not had: a redirect is not followed.
 */
export async function fetchServerText(
  deps: ServerFetchDeps,
  { url, home, most }: { readonly url: string; readonly home: string; readonly most: number },
): Promise<string> {
  const signal = AbortSignal.timeout(WHOLE_MS);
  try {
    const get = createServerFetch(deps, home);
    const answer = await get(url, { signal, headers: { accept: 'application/json' } });
    if (answer.status !== 200) {
      await answer.body?.cancel();
      throw new AtomError('failed', `${url} answered with ${statusWords(answer.status)}.`);
    }
    return await textOf(answer, { url, most });
  } catch (thrown) {
    if (thrown instanceof AtomError) throw thrown;
    throw new AtomError('failed', `${url} did not answer in time, or broke off.`, {
      cause: thrown,
    });
  }
}

const statusWords = (status: number): string =>
  status >= 300 && status < 400 ? `a redirect (${status}), which is not followed` : String(status);

async function textOf(
  { body }: Response,
  { url, most }: { readonly url: string; readonly most: number },
): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > most)
      throw new AtomError('failed', `What ${url} answers is larger than anything it should.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
