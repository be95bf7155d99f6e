import { type BridgeError, ConnectionError, SendError, SessionError } from '../errors.ts';
import type { Refusal } from './frames.ts';

/** Refusals of the handshake that no second try mends; AUTH_RATE_LIMITED is the exception among its like. */
const AUTHENTICATION = /^(AUTH_|DEVICE_|CONTROL_UI_|PAIRING_|OPERATOR_|NOT_PAIRED|FORBIDDEN)/;

/** Why an OpenClaw gateway did not let a program in. */
export function handshakeError({ code, detail, message, retryable }: Refusal): ConnectionError {
  if (detail === 'AUTH_RATE_LIMITED') return new ConnectionError('network', message);
  if (AUTHENTICATION.test(detail ?? code))
    return new ConnectionError('authentication', message, {
      next: ['Look at what waits for approval there: openclaw devices list'],
    });
  return new ConnectionError('network', message, {
    retryable: retryable || code !== 'INVALID_REQUEST',
  });
}

/** Why an OpenClaw gateway did not take a message. */
export function sendRefusal(refusal: Refusal): BridgeError {
  const { code, detail, message, retryable, retryAfterMs } = refusal;
  if (/RATE_LIMIT/.test(`${code} ${detail}`))
    return new SendError('rate-limit', message, { retryAfterMs });
  if (code === 'NOT_FOUND') return new SessionError('not-found', message);
  if (code === 'AGENT_TIMEOUT') return new ConnectionError('timeout', message);
  if (code === 'UNAVAILABLE') return new ConnectionError('network', message);
  return new SendError('rejected', message, { retryable });
}
