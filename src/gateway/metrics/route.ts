import { isLoopback } from '../../base/address-list.ts';
import type { Caller } from '../../domain/caller.ts';
import { CONTENT_TYPE, exposition, type Family } from '../../metrics/prometheus.ts';

/** What of a GET it takes to answer it: who asks, past any proxy that is trusted, and with what. */
export interface MetricsRequest {
  readonly address: string;
  readonly authorization: string | undefined;
}

export interface MetricsAnswer {
  readonly status: 200 | 401 | 404;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface MetricsDeps {
  /** The settings turn it on. */
  readonly enabled: boolean;
  /** Whom a token belongs to; compares in constant time. Undefined for nobody. */
  readonly callerOf: (token: string) => Promise<Caller | undefined>;
  readonly read: () => Promise<readonly Family[]>;
}

/**
 * Answers `GET /metrics`: to programs of this machine with a token that may `read`, and to nobody else.
 * Where it is off, or asked for from elsewhere, there is nothing here.
 */
export const metricsRoute =
  ({ enabled, callerOf, read }: MetricsDeps) =>
  async ({ address, authorization }: MetricsRequest): Promise<MetricsAnswer> => {
    if (!enabled || !isLoopback(address)) return { status: 404 };
    const token = BEARER.exec(authorization ?? '')?.[1];
    const caller = token === undefined ? undefined : await callerOf(token);
    // How much there is of everything is the owner's to know, as `stats` is.
    if (!caller?.scopes.includes('read') || caller.user !== undefined) return UNAUTHORIZED;
    const headers = { 'content-type': CONTENT_TYPE, 'cache-control': 'no-store' };
    return { status: 200, headers, body: exposition(await read()) };
  };

/** RFC 6750; the scheme is written in any case. */
const BEARER = /^Bearer ([A-Za-z0-9._~+/=-]{1,200})$/i;

const UNAUTHORIZED: MetricsAnswer = { status: 401, headers: { 'www-authenticate': 'Bearer' } };
