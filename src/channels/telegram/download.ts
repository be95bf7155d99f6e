import { sizeWords } from '../../base/size.ts';
import { SendError } from '../../domain/channel.ts';
import type { MediaRef } from '../../domain/event.ts';
import { forGrammy, type TelegramAccess } from './api.ts';
import { ask } from './ask.ts';
import { sendFailureOf, troubleOf } from './errors.ts';
import type { SendDeps } from './send.ts';

export type DownloadDeps = SendDeps & Pick<TelegramAccess, 'apiRoot'>;

/** Source: core.telegram.org/bots/api#getfile. */
const MOST = 20 * 1024 * 1024;

/**
 * The bytes of a file, counted while they arrive: no more than Telegram hands to bots, whatever it said
 * before. Its address holds the token, so no error tells it. Throws SendError.
 */
export async function downloadFile(
  deps: DownloadDeps,
  { id, bytes = 0 }: MediaRef,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  if (bytes > MOST) throw tooLarge();
  const path = await pathOf(deps, id, signal);
  const root = (deps.apiRoot ?? 'https://api.telegram.org').replace(/\/+$/, '');
  const answer = await ask(`${root}/file/bot${deps.token}/${path}`, { signal }).catch(
    (thrown: unknown) => fail(deps, thrown),
  );
  const { statusCode: status = 0 } = answer;
  if (status >= 200 && status < 300) return counted(deps, answer);
  answer.destroy();
  const kind = status === 404 || status === 400 ? 'refused' : 'later';
  throw new SendError({ kind, reason: `Telegram does not hand the file out: HTTP ${status}` });
}

async function pathOf(deps: DownloadDeps, id: string, signal: AbortSignal): Promise<string> {
  const api = await deps.api();
  const file = await api
    .getFile(id, forGrammy(signal))
    .catch((thrown: unknown) => fail(deps, thrown));
  if ((file.file_size ?? 0) > MOST) throw tooLarge();
  const path = file.file_path ?? '';
  // A server of one's own may name a file of its machine; and no path may lead out of where files lie.
  if (!/^[\w.-]+(?:\/[\w.-]+)*$/.test(path) || path.split('/').includes('..'))
    throw new SendError({ kind: 'refused', reason: 'Telegram names no file that can be fetched' });
  return path;
}

async function* counted(
  deps: DownloadDeps,
  body: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  let all = 0;
  try {
    for await (const part of body) {
      all += part.length;
      if (all > MOST) throw tooLarge();
      yield part;
    }
  } catch (thrown) {
    fail(deps, thrown);
  }
}

const tooLarge = (): SendError =>
  new SendError({
    kind: 'refused',
    reason: `Telegram hands bots ${sizeWords(MOST)} of a file at most`,
  });

/** A question asked twice does no harm: whatever became of it, it may be asked again. */
function fail({ token }: DownloadDeps, thrown: unknown): never {
  if (thrown instanceof SendError) throw thrown;
  const failure = sendFailureOf(troubleOf(thrown, token));
  throw new SendError(failure.kind === 'unknown' ? { ...failure, kind: 'later' } : failure);
}
