import { AtomError } from '../base/errors.ts';
import { Busy, Unanswered } from './calls.ts';
import { BridgeError, ConnectionError, SendError, SessionError } from './errors.ts';

/** A refused or failed handshake, as the library says it. */
export function connectionError(thrown: unknown): BridgeError {
  if (thrown instanceof BridgeError) return thrown;
  if (!(thrown instanceof AtomError)) return new ConnectionError('network', textOf(thrown));
  const { code, message, next } = thrown;
  const options = { next, cause: thrown };
  if (thrown instanceof Unanswered) return new ConnectionError('timeout', message, options);
  if (code === 'credentials' || code === 'blocked' || code === 'declined')
    return new ConnectionError('authentication', message, options);
  // What cannot be right the next time either: an address that is none, a frame that is not taken.
  if (code === 'usage' || code === 'config')
    return new ConnectionError('network', message, { ...options, retryable: false });
  return new ConnectionError('network', message, options);
}

/** Why a message was not taken. ConnectionError where it is not known whether it was. */
export function sendError(thrown: unknown): BridgeError {
  if (thrown instanceof BridgeError) return thrown;
  if (!(thrown instanceof AtomError)) return new ConnectionError('network', textOf(thrown));
  const { code, message, next } = thrown;
  if (thrown instanceof Unanswered) return new ConnectionError('timeout', message, { next });
  if (thrown instanceof Busy)
    return new SendError('rate-limit', message, { next, retryAfterMs: thrown.retryMs });
  const options = { next, cause: thrown, code };
  switch (code) {
    case 'not-running':
      return new ConnectionError('network', message, { next, cause: thrown });
    case 'unavailable':
      return new SendError('rate-limit', message, options);
    case 'not-found':
      return new SessionError('not-found', message, { next, cause: thrown });
    case 'failed':
      return new SendError('rejected', message, { ...options, retryable: true });
    default:
      return new SendError('rejected', message, options);
  }
}

const textOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
