import { AtomError, asAtomError, type ErrorCode, systemCode } from '../base/errors.ts';
import { visibleBlock } from '../base/visible.ts';
import type { ModelPlace } from './place.ts';

/** What was asked, and whether anything of the answer was shown before it failed. */
export interface Failed {
  readonly place: ModelPlace;
  readonly key: string | undefined;
  readonly said: boolean;
}

/**
 * What went wrong with a provider, in its own words and with the next step; never with the key. Where it is
 * the provider's fault and nothing was shown, another may be asked instead.
 */
export async function inWords(thrown: unknown, failed: Failed): Promise<AtomError> {
  if (thrown instanceof AtomError) return thrown;
  const { APICallError, RetryError } = await import('ai');
  const cause = RetryError.isInstance(thrown) ? thrown.lastError : thrown;
  const { place, key, said } = failed;
  const { provider } = place;
  const words = withoutKey(asAtomError(cause).message, key);
  if (!APICallError.isInstance(cause) || isBegun(cause)) {
    const why = networkCode(asError(cause)) ?? words;
    return new AtomError('failed', `${provider} broke off its answer: ${why}`, {
      next: AGAIN,
      quotes: provider,
      elsewhere: !said && isTorn(cause),
    });
  }
  if (cause.statusCode === undefined) {
    const why = networkCode(cause) ?? words;
    return new AtomError(said ? 'failed' : 'unavailable', `${provider} cannot be reached: ${why}`, {
      next: [WRONG_TIME.has(why) ? CLOCK : unreachable(place)],
    });
  }
  const { code, next } = stepAfter(cause.statusCode, place);
  // What was begun is not to be taken for what was not.
  return new AtomError(
    said && code === 'unavailable' ? 'failed' : code,
    `${provider} refused (${cause.statusCode}): ${words}`,
    { next, quotes: provider },
  );
}

/** True for a connection that broke while an answer came, and not for an answer that makes no sense. */
export const isTorn = (error: unknown): boolean =>
  error instanceof Error &&
  (isBegun(error) || error.message === 'terminated' || networkCode(error) !== undefined);

/** The SDK's word for a stream that ended too early: it was answered, and not refused. */
const isBegun = (error: object): boolean =>
  'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 400;

const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));

/** What TLS says of a good certificate where the clock is wrong, and of a bad one where it is right. */
const WRONG_TIME = new Set(['CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED']);
const CLOCK = 'Check the clock of this machine first:   atom doctor';

const AGAIN: readonly string[] = ['Try again.'];

interface Step {
  readonly code: ErrorCode;
  readonly next: readonly string[];
}

function stepAfter(status: number, { provider, model }: ModelPlace): Step {
  if (status === 401 || status === 403) {
    return {
      code: 'credentials',
      next: [`Check the key of ${provider} and store it anew:   atom secrets set ${provider}.key`],
    };
  }
  if (status === 402) return { code: 'failed', next: [`Add credit at ${provider}.`] };
  if (status === 404) {
    return {
      code: 'config',
      next: [`Check that ${provider} has a model named ${model}:   atom models list`],
    };
  }
  if (status === 429) {
    return {
      code: 'unavailable',
      next: ['Wait a moment and try again, or check the plan and its limits.'],
    };
  }
  if (status === 413) return { code: 'failed', next: ['Start afresh with /new.'] };
  if (status >= 500 || status === 408) return { code: 'unavailable', next: AGAIN };
  return { code: 'failed', next: AGAIN };
}

const unreachable = ({ provider, baseUrl, needsKey }: ModelPlace): string =>
  needsKey
    ? `Check the network and that ${baseUrl} of ${provider} is right.`
    : `Start the model server at ${baseUrl}, or choose the model "offline".`;

function networkCode(error: Error): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = systemCode(at);
    if (code !== undefined) return code;
  }
  return undefined;
}

/** A provider may quote the key it refused. */
function withoutKey(message: string, key: string | undefined): string {
  const safe = key ? message.replaceAll(key, '(key)') : message;
  return visibleBlock(safe.slice(0, 500));
}
