import type { Log } from '../../base/log.ts';
import { digitsIn, type Named, uuidIn } from './ids.ts';

/** Tells people apart. */
export interface Who {
  /**
   * The uuid, which is Signal's fixed id; the digits of the number where the owner listed the number.
   * Undefined for nobody at all.
   */
  idOf(named: Named): string | undefined;
  /** True for our own account, by either name of it. */
  isMe(named: Named): boolean;
  /** Told of both names of somebody, as signal-cli has them: where it is us, our uuid is known from now on. */
  meet(named: Named): void;
  /** Resolves once it is durable which uuid each listed number stands for. Throws where it cannot be stored. */
  settle(): Promise<void>;
}

/** Which uuid each listed number stands for, across restarts. */
export interface Bearers {
  readonly known: ReadonlyMap<string, string>;
  keep(bearer: { readonly number: string; readonly uuid: string }): Promise<unknown>;
}

/**
 * A number can pass to somebody else, and a uuid cannot: a listed number stands for the first uuid that had
 * it, until it is taken off the list.
 */
export function createWho({
  account,
  allow,
  bearers,
  log,
}: {
  readonly account: string;
  readonly allow: readonly string[];
  readonly bearers: Bearers;
  readonly log: Log;
}): Who {
  const known = new Map(bearers.known);
  const unsaved = new Map<string, string>();
  let own = uuidIn(account);
  const isListed = (digits: string | undefined, uuid: string | undefined): digits is string => {
    if (digits === undefined || !allow.includes(digits)) return false;
    if (uuid === undefined) return true;
    const bearer = known.get(digits) ?? uuid;
    if (!known.has(digits)) unsaved.set(digits, uuid);
    known.set(digits, bearer);
    if (bearer !== uuid)
      log.warn(`+${digits} belongs to another account of Signal now, who is not let in`, {
        allow: `atom channels add signal --allow ${uuid}`,
      });
    return bearer === uuid;
  };
  return {
    idOf(named) {
      const [digits, uuid] = [digitsIn(named.number), uuidIn(named.uuid)];
      if (uuid !== undefined && allow.includes(uuid)) return uuid;
      return isListed(digits, uuid) ? digits : (uuid ?? digits);
    },
    isMe(named) {
      const [digits, uuid] = [digitsIn(named.number), uuidIn(named.uuid)];
      return digits === account || (uuid !== undefined && uuid === own);
    },
    meet(named) {
      if (digitsIn(named.number) === account) own ??= uuidIn(named.uuid);
    },
    async settle() {
      for (const [number, uuid] of unsaved) {
        await bearers.keep({ number, uuid });
        unsaved.delete(number);
      }
    },
  };
}
