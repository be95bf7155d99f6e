import type { Atom } from '../atom.ts';
import type { Credentials } from '../protocol/credentials.ts';
import { knownBy } from './known-caller.ts';
import { callerOfToken } from './metrics/caller-of-token.ts';
import { readFamilies } from './metrics/families.ts';
import { metricsRoute } from './metrics/route.ts';
import type { Routes } from './network/pages.ts';

/** What the port answers over plain HTTP, beside its WebSockets. */
export const createRoutes = (atom: Atom, credentials: Credentials): Routes =>
  new Map([
    [
      '/metrics',
      metricsRoute({
        enabled: atom.options.config.metrics.enabled,
        callerOf: callerOfToken(credentials, knownBy(atom.records.users)),
        read: () => readFamilies(atom),
      }),
    ],
  ]);
