import { AtomError, type AtomErrorOptions, type ErrorCode } from '../base/errors.ts';

export interface BridgeErrorOptions extends AtomErrorOptions {
  /** True where the same may work later without anybody changing anything. */
  readonly retryable?: boolean;
  /** How long the gateway wants to be left alone, milliseconds. */
  readonly retryAfterMs?: number;
}

/** Whatever goes wrong between a program and its gateway. Messages and next steps never hold a secret. */
export class BridgeError extends AtomError {
  /** True where the same may work later without anybody changing anything. */
  readonly retryable: boolean;
  /** How long the gateway wants to be left alone, milliseconds; 0 where it did not say. */
  readonly retryAfterMs: number;

  constructor(code: ErrorCode, message: string, options: BridgeErrorOptions = {}) {
    super(code, message, options);
    this.name = 'BridgeError';
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}

/** `authentication`: the gateway refused who asks, or is not the expected one. It is never tried again. */
export type ConnectionTrouble = 'authentication' | 'network' | 'timeout';

const CONNECTION_CODES: Readonly<Record<ConnectionTrouble, ErrorCode>> = {
  authentication: 'credentials',
  network: 'not-running',
  timeout: 'not-running',
};

/** The gateway could not be reached, went away, did not answer in time, or refused the handshake. */
export class ConnectionError extends BridgeError {
  readonly kind: ConnectionTrouble;

  constructor(kind: ConnectionTrouble, message: string, options: BridgeErrorOptions = {}) {
    super(CONNECTION_CODES[kind], message, { retryable: kind !== 'authentication', ...options });
    this.name = 'ConnectionError';
    this.kind = kind;
  }
}

/**
 * `rejected`: the message can or may not be sent as it is. `rate-limit`: too many at a time for the
 * gateway. `queue-full`: no more may wait here.
 */
export type SendTrouble = 'rejected' | 'rate-limit' | 'queue-full';

/** A message was not taken. */
export class SendError extends BridgeError {
  readonly kind: SendTrouble;

  constructor(
    kind: SendTrouble,
    message: string,
    options: BridgeErrorOptions & { readonly code?: ErrorCode } = {},
  ) {
    super(options.code ?? (kind === 'rejected' ? 'blocked' : 'unavailable'), message, {
      retryable: kind === 'rate-limit',
      ...options,
    });
    this.name = 'SendError';
    this.kind = kind;
  }
}

/** A session key that is none, or names a conversation that the gateway does not have. */
export class SessionError extends BridgeError {
  readonly kind: 'invalid-key' | 'not-found';

  constructor(kind: 'invalid-key' | 'not-found', message: string, options: AtomErrorOptions = {}) {
    super(kind === 'invalid-key' ? 'usage' : 'not-found', message, options);
    this.name = 'SessionError';
    this.kind = kind;
  }
}
