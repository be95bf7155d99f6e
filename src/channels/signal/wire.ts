import type { Json } from '../../base/json.ts';

export type Params = { readonly [key: string]: Json };

/** A connection to signal-cli. */
export interface Wire {
  /** Throws RpcError for a refusal, WireError where no answer came. */
  call(method: string, params: Params, signal: AbortSignal): Promise<unknown>;
  /**
   * Begins to take in what arrives. `account` is named only to a signal-cli that has several. Resolves once
   * it is subscribed.
   */
  receive(account: Params, signal: AbortSignal): Promise<void>;
  /** Asks for no more, so that what waits stays with signal-cli. Best effort. */
  rest(signal: AbortSignal): Promise<void>;
  /** True while something that was asked is not answered yet: a file takes its time. */
  isBusy(): boolean;
  /** Resolves with why, in words, once it does not work any more. */
  readonly broken: Promise<string>;
  close(): void;
}

/** What a wire hands over; resolves once there is room for more. */
export type Take = (notice: unknown) => void;

/** signal-cli said no. Codes: -32700 to -32600 are JSON-RPC's, -1 to -6 its own. */
export class RpcError extends Error {
  readonly code: number;
  readonly data: unknown;
  constructor({ code, message, data }: { code: number; message: string; data?: unknown }) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.data = data;
  }
}

/** Why, where a question was not answered in time. */
export const SILENT = 'it does not answer';

/** There was no answer. `asked` is true where the request may have arrived all the same. */
export class WireError extends Error {
  readonly asked: boolean;
  constructor(message: string, asked: boolean) {
    super(message);
    this.name = 'WireError';
    this.asked = asked;
  }
}
