import { AtomError } from '../base/errors.ts';
import type { Action, Prepared } from '../domain/action.ts';
import type { Outside } from '../domain/outside.ts';
import { redeem } from '../governance/grant.ts';
import { createConnect } from './connect.ts';
import { type Asked, describe } from './describe.ts';
import { follow } from './follow.ts';
import { createHosts, type NetSettings } from './hosts.ts';
import { placeWords } from './place.ts';
import { resultOf } from './result.ts';
import { readWish } from './wish.ts';

export interface FetchDeps {
  readonly outside: Outside;
  readonly settings: NetSettings;
  /** From the first look-up to the last byte; 20 s. */
  readonly wholeMs?: number;
}

const WHOLE_MS = 20_000;

/**
 * The action `net.fetch`: `{url, method?, headers?, body?, form?}`. Its result is `{url, status, type,
 * kind: page, text or other, title?, text, bytes, truncated, passed, headers}`, whatever the status.
 * Keeps no cookies and uses no proxy.
 */
export function createFetch({ outside, settings, wholeMs = WHOLE_MS }: FetchDeps): Action {
  const hosts = createHosts(settings);
  // Keys in headers are in no request that is kept, so what goes out is found here.
  const asked = new WeakMap<Prepared, Asked>();
  return {
    name: 'net.fetch',
    prepare: async (resource) => {
      const wanted = readWish(resource);
      const never = hosts.whyNever(wanted.target);
      if (never !== undefined) throw new AtomError('blocked', never);
      const prepared = describe(wanted, hosts);
      asked.set(prepared, wanted);
      return prepared;
    },
    execute: async (grant, signal) => {
      const { prepared } = redeem(grant);
      const wanted = asked.get(prepared);
      if (!wanted) throw new AtomError('blocked', 'This was not asked for here. Ask again.');
      const late = AbortSignal.timeout(wholeMs);
      const over = AbortSignal.any([signal, late]);
      try {
        const connect = createConnect(outside, hosts);
        const arrived = await follow({ connect, hosts }, wanted, over);
        return await resultOf(arrived, wanted, over);
      } catch (thrown) {
        if (!late.aborted || signal.aborted) throw thrown;
        const words = `${placeWords(wanted.target)} took longer than ${wholeMs / 1000} s.`;
        throw new AtomError('failed', words);
      }
    },
  };
}
