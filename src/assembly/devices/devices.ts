import type { Decider } from '../../domain/approval.ts';
import type { Scope } from '../../domain/caller.ts';
import type { PairingRequest } from '../../domain/device.ts';
import { deciderWords } from '../../domain/halt.ts';
import type { Credentials } from '../../protocol/credentials.ts';
import type { NetworkStatus } from '../../protocol/status.ts';
import type { Running } from '../../sessions/running.ts';
import type { DeviceRow } from '../../store/tables/devices.ts';
import { createSetupCodes } from '../../trust/devices/setup-codes.ts';
import { type AnnouncementParts, alertOwner } from '../announcements.ts';
import type { OwnerAct, OwnerProof } from '../owner-acts.ts';
import type { AtomOptions } from '../parts.ts';
import type { Trust } from '../trust.ts';
import { type Answering, answerWaiting } from './answer.ts';
import { type Armed, armCode } from './arm.ts';
import { createOpen, createSeen, scopesFor } from './credentials.ts';
import { createIdentity } from './identity.ts';
import { createNeed } from './need.ts';
import { createPairing } from './pairing.ts';
import type { DeviceParts, Identify } from './parts.ts';
import { addProgram, revoke, rotate } from './upkeep.ts';

/** The keeping of devices and programs: what the owner does, and what the gateway's door asks. */
export interface Devices {
  readonly credentials: Credentials;
  /** How the port for them is opened where it is needed, and where that is. */
  listensBy(settle: () => Promise<NetworkStatus>): void;
  list(): Promise<readonly DeviceRow[]>;
  waiting(): readonly PairingRequest[];
  /**
   * Makes a setup code; the one before is void. The owner is told on every surface. `idToken`: of the user whose
   * device will bring it. Throws AtomError where that is nobody's.
   */
  arm(
    wish: {
      readonly scopes: readonly Scope[];
      readonly seconds: number;
      readonly url?: string;
      readonly idToken?: string;
    },
    by: Decider,
  ): Promise<Armed>;
  /** Answers one that waits, by its id or its digits. Throws AtomError where nothing was decided. */
  answer(answering: Answering, proof: OwnerProof): Promise<DeviceRow | undefined>;
  /** A program and its token, which is said this once. Throws AtomError where a code is missing. */
  add(
    wish: { readonly name: string; readonly scopes: readonly Scope[] },
    proof: OwnerProof,
  ): Promise<{ readonly row: DeviceRow; readonly token: string }>;
  /** These throw AtomError `not-found` where nobody of that id or name holds a key. */
  rename(ref: string, name: string): Promise<DeviceRow>;
  /** The key of a device is void, and it fetches another; a program gets its new token here. */
  rotate(ref: string): Promise<{ readonly row: DeviceRow; readonly token?: string }>;
  revoke(ref: string, by: Decider): Promise<DeviceRow>;
  close(): void;
}

export interface DevicesDeps extends AnnouncementParts {
  readonly trust: Pick<Trust, 'roster' | 'standing'>;
  readonly identify: Identify;
  readonly ownerAct: OwnerAct;
  readonly running: Pick<Running, 'keys' | 'stop'>;
}

export function createDevices(options: AtomOptions, deps: DevicesDeps): Devices {
  const { records, trust, identify, ownerAct, running, performAsSystem } = deps;
  const { roster } = trust;
  const log = options.log.part('devices');
  const alert = (words: string): void => {
    log.warn(words);
    alertOwner(options, deps, words).catch((error: unknown) =>
      log.error(`an alarm was lost: ${String(error)}`),
    );
  };
  const { store, audit, steady, boot } = records;
  const codes = createSetupCodes({
    store,
    audit,
    steady,
    boot,
    clock: options.clock,
    onAlarm: alert,
  });
  const parts: DeviceParts = {
    options: { ...options, log },
    records,
    roster,
    codes,
    identify,
    performAsSystem,
    alert,
  };
  const identity = createIdentity(options.secrets);
  const need = createNeed(parts);
  const pairing = createPairing(parts, need.changed);
  const gone = new Set<(id: string) => void>();
  const tellGone = ({ id }: DeviceRow): void => {
    for (const listener of gone) listener(id);
    need.changed();
  };
  let port = async (): Promise<NetworkStatus> => ({ state: 'off' });
  const listen = (seconds: number): Promise<NetworkStatus> => {
    need.until(seconds);
    return port();
  };
  return {
    listensBy: (settle) => {
      port = settle;
    },
    credentials: {
      needed: async () => pairing.list().length > 0 || (await need.now()),
      onNeeded: need.on,
      open: createOpen(parts, pairing),
      identity,
      onRevoked: (listener) => {
        gone.add(listener);
        return () => gone.delete(listener);
      },
      seen: createSeen(parts),
    },
    list: roster.list,
    waiting: () => pairing.list().map(({ request }) => request),
    arm: async ({ idToken, scopes, ...wish }, by) => {
      const owner = idToken === undefined ? undefined : await identify(idToken);
      const good = scopesFor(records.users, scopes, owner);
      const whole = { ...wish, scopes: good, ...(owner ? { owner } : {}) };
      const armed = await armCode({ codes, identity, listen }, whole, by);
      alert(`A setup code for a device was made by ${deciderWords(by)}.`);
      return armed;
    },
    answer: (answering, proof) => answerWaiting(parts, pairing, { ...answering, proof }),
    add: async (wish, proof) => {
      const added = await addProgram(parts, ownerAct, { ...wish, proof });
      need.changed();
      return added;
    },
    rename: async (ref, name) => roster.rename(await roster.require(ref), name),
    rotate: async (ref) => {
      const rotated = await rotate(parts, await roster.require(ref));
      // Whoever holds the token of a program is that program; a device proves a key of its own as well.
      if (rotated.token !== undefined) tellGone(rotated.row);
      return rotated;
    },
    revoke: async (ref, by) => {
      const { standing } = trust;
      return revoke(parts, await roster.require(ref), { by, standing, running, close: tellGone });
    },
    close: need.close,
  };
}
