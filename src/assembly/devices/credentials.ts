import { fingerprintOf, isSignedBy } from '../../base/ed25519.ts';
import { AtomError, asAtomError } from '../../base/errors.ts';
import { SCOPES_OF_USERS, type Scope } from '../../domain/caller.ts';
import { deviceName } from '../../domain/device.ts';
import type { DeviceOwner } from '../../domain/owned-device.ts';
import { isBounded } from '../../domain/user.ts';
import type { ConnectAuth } from '../../protocol/connect.ts';
import type { Credentials, Greeting, Opened } from '../../protocol/credentials.ts';
import {
  clientProof,
  type Handshake,
  identityNonce,
  pairingDigits,
} from '../../protocol/handshake.ts';
import { type DeviceRow, sawDevice } from '../../store/tables/devices.ts';
import { hashOf, isKeyOf, newKey } from '../../trust/devices/keys.ts';
import type { CodeWish } from '../../trust/devices/setup-codes.ts';
import type { Users } from '../users.ts';
import { openedFor, type Pairing } from './pairing.ts';
import type { DeviceParts } from './parts.ts';

type Auth<K extends ConnectAuth['kind']> = Extract<ConnectAuth, { readonly kind: K }>;

/** Who greets, and what it wants. */
interface Attempt<K extends ConnectAuth['kind']> {
  readonly auth: Auth<K>;
  readonly greeting: Greeting;
  readonly wanted: readonly Scope[] | undefined;
}

/** Proves who connects: tokens of programs, keys of devices, and setup codes. */
export const createOpen =
  (parts: DeviceParts, pairing: Pairing): Credentials['open'] =>
  async (auth, greeting, wanted) => {
    if (auth.kind === 'token') return openProgram(parts, { auth, greeting, wanted });
    if (auth.kind === 'device') return openDevice(parts, pairing, { auth, greeting, wanted });
    return openNewcomer(parts, pairing, { auth, greeting, wanted });
  };

async function openProgram(
  { roster }: DeviceParts,
  { auth, greeting, wanted }: Attempt<'token'>,
): Promise<Opened> {
  const programs = (await roster.list()).filter(({ kind }) => kind === 'program');
  // Every one is looked at, whichever fits.
  const fitting = programs.filter(({ keyHash }) => isKeyOf(keyHash, auth.token));
  const row = fitting.find(isThere);
  if (!row) return refused('no program has this token');
  return callerOf(row, { ...greeting, client: '' }, wanted);
}

async function openDevice(
  parts: DeviceParts,
  pairing: Pairing,
  { auth, greeting, wanted }: Attempt<'device'>,
): Promise<Opened> {
  const row = await parts.roster.find(auth.device);
  const handshake = { ...greeting, client: row?.publicKey ?? '' };
  const isProved = isSignedBy(handshake.client, clientProof(handshake), auth.signature);
  const isKnown = isKeyOf(row?.keyHash, auth.key);
  if (!row || !isThere(row) || !isProved) return refused(`${auth.device} did not prove its key`);
  if (row.keyHash === undefined) return await handOver(parts, row, handshake);
  if (!isKnown) return refused(`${row.id} showed a key that it does not have any more`);
  const isMore = wanted?.some((scope) => !row.scopes.includes(scope)) === true;
  const user = parts.records.users.at({ channel: 'device', id: row.id });
  // More than a user's device may have is asked of nobody.
  if (wanted && isMore && !(user && isBounded(user))) pairing.askMore(row, wanted);
  return callerOf(row, handshake, wanted);
}

/** The new key of a device whose old one was made void: once, to whoever proves the device's own key. */
async function handOver(
  { roster, options }: DeviceParts,
  row: DeviceRow,
  handshake: Handshake,
): Promise<Opened> {
  const [key, now] = [newKey(), options.clock.now()];
  await roster.rekey(row, hashOf(key));
  const { id, name, scopes } = row;
  return {
    kind: 'pairing',
    handshake,
    request: {
      id,
      name,
      scopes,
      digits: pairingDigits(handshake),
      askedAt: now,
      expiresAt: now,
      fingerprint: fingerprintOf(handshake.client),
    },
    ended: Promise.resolve({ kind: 'device.paired', device: id, key, scopes }),
    abandon: () => undefined,
  };
}

async function openNewcomer(
  parts: DeviceParts,
  pairing: Pairing,
  { auth, greeting, wanted }: Attempt<'bootstrap'>,
): Promise<Opened> {
  const { publicKey, token, signature } = auth;
  const { codes } = parts;
  const handshake = { ...greeting, client: publicKey };
  const isProved = isSignedBy(publicKey, clientProof(handshake), signature);
  const code = await codes.spend(token, isProved);
  if (!code) return refused(NO_CODE);
  const owner = await ownerOf(parts, code, auth);
  if (owner instanceof AtomError) return { kind: 'refused', message: owner.message, told: owner };
  const wished = code.scopes.filter((scope) => wanted?.includes(scope) ?? true);
  const scopes = scopesFor(parts.records.users, wished, owner);
  if (scopes.length === 0) return refused('it wants nothing that its setup code is good for');
  const digits = pairingDigits(handshake);
  const named = { name: deviceName(auth.name), ...(owner ? { owner } : {}) };
  const asked = await pairing.ask({ ...named, scopes, publicKey, digits });
  return asked ? openedFor(asked, handshake) : refused('the owner could not be asked');
}

/**
 * Whose the device is that brings a code: as the code was made for, or as a token says that was asked for with this
 * device's own key. Gives back why it is nobody's; the owner is told of that.
 */
async function ownerOf(
  { identify, alert }: DeviceParts,
  { owner }: CodeWish,
  { idToken, publicKey }: Auth<'bootstrap'>,
): Promise<DeviceOwner | AtomError | undefined> {
  if (idToken === undefined) return owner;
  try {
    const found = await identify(idToken, identityNonce(publicKey));
    if (!owner || owner.user === found.user) return found;
    throw new AtomError('credentials', 'The setup code was made for another user.');
  } catch (thrown) {
    const error = asAtomError(thrown);
    alert(
      `A device that brought the setup code was refused: ${[error.message, ...error.next].join(' ')}`,
    );
    return error;
  }
}

/** What of it a device of that user may be given; all of it where it is the owner's. */
export function scopesFor(
  users: Pick<Users, 'named'>,
  scopes: readonly Scope[],
  owner: DeviceOwner | undefined,
): readonly Scope[] {
  const user = owner && users.named(owner.user);
  if (!owner || (user && !isBounded(user))) return scopes;
  return scopes.filter((scope) => SCOPES_OF_USERS.includes(scope));
}

const isThere = ({ revokedAt }: DeviceRow): boolean => revokedAt === undefined;

/** What it wants, where it has all of that; otherwise what it has. */
function callerOf(
  { id, name, kind, scopes: held }: DeviceRow,
  handshake: Handshake,
  wanted: readonly Scope[] | undefined,
): Opened {
  const scopes = wanted?.every((scope) => held.includes(scope)) ? wanted : held;
  return { kind: 'caller', caller: { surface: kind, id, name, scopes }, handshake };
}

/** Notes when somebody connected last. */
export const createSeen =
  ({ records: { store }, options: { clock, log } }: DeviceParts): Credentials['seen'] =>
  (id) => {
    sawDevice(store, id, clock.now()).catch((error: unknown) =>
      log.warn(`not noted that ${id} connected: ${String(error)}`),
    );
  };

const refused = (message: string): Opened => ({ kind: 'refused', message });

const NO_CODE =
  'a setup code was not good: wrong, expired, or already used, see: atom devices list';
