import { AtomError, asAtomError, type ErrorCode, systemCode } from '../base/errors.ts';
import { visibleBlock } from '../base/visible.ts';
import type { ModelPlace } from './open-model.ts';

/** What went wrong with a provider, in its own words and with the next step; never with the key. */
export async function inWords(
  thrown: unknown,
  place: ModelPlace,
  key: string | undefined,
): Promise<AtomError> {
  if (thrown instanceof AtomError) return thrown;
  const { APICallError, RetryError } = await import('ai');
  const cause = RetryError.isInstance(thrown) ? thrown.lastError : thrown;
  const said = withoutKey(asAtomError(cause).message, key);
  const { provider } = place;
  if (!APICallError.isInstance(cause)) {
    return new AtomError('failed', `${provider} did not finish: ${said}`, { next: AGAIN });
  }
  if (cause.statusCode === undefined) {
    const why = networkCode(cause) ?? said;
    return new AtomError('unavailable', `${provider} cannot be reached: ${why}`, {
      next: [unreachable(place)],
    });
  }
  const { code, next } = stepAfter(cause.statusCode, place);
  return new AtomError(code, `${provider} refused (${cause.statusCode}): ${said}`, { next });
}

const AGAIN: readonly string[] = ['Try again.'];

interface Step {
  readonly code: ErrorCode;
  readonly next: readonly string[];
}

function stepAfter(status: number, { provider, model }: ModelPlace): Step {
  if (status === 401 || status === 403) {
    return { code: 'credentials', next: [`Check the key of ${provider} and store it anew.`] };
  }
  if (status === 404) {
    return { code: 'config', next: [`Check that ${provider} has a model named ${model}.`] };
  }
  if (status === 429) {
    return {
      code: 'failed',
      next: ['Wait a moment and try again, or check the plan and its limits.'],
    };
  }
  if (status === 413) return { code: 'failed', next: ['Start afresh with /new.'] };
  return { code: 'failed', next: AGAIN };
}

const unreachable = ({ provider, baseUrl }: ModelPlace): string =>
  provider === 'local'
    ? `Start the model server at ${baseUrl}, or choose the model "offline".`
    : `Check the network and that ${baseUrl} is right.`;

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
