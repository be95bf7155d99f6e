import { AtomError } from '../../base/errors.ts';
import type { Decider } from '../../domain/approval.ts';
import type { Scope } from '../../domain/caller.ts';
import { deviceName } from '../../domain/device.ts';
import { deciderWords } from '../../domain/halt.ts';
import type { Standing } from '../../governance/standing/standing.ts';
import { isOfDevice } from '../../protocol/session-key.ts';
import type { Running } from '../../sessions/running.ts';
import { pendingApprovals } from '../../store/tables/approvals.ts';
import type { DeviceRow } from '../../store/tables/devices.ts';
import { dropSaidBy } from '../../store/tables/spool.ts';
import { hashOf, newKey } from '../../trust/devices/keys.ts';
import { wordForNo } from '../not-done.ts';
import type { OwnerAct, OwnerProof } from '../owner-acts.ts';
import type { DeviceParts } from './parts.ts';

/** Lets a program in; its token is said here and never again. */
export async function addProgram(
  { roster, alert }: DeviceParts,
  ownerAct: OwnerAct,
  {
    name,
    scopes,
    proof,
  }: {
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly proof: OwnerProof;
  },
): Promise<{ readonly row: DeviceRow; readonly token: string }> {
  const token = newKey();
  const named = { kind: 'program', name: deviceName(name), scopes: [...scopes] };
  const resource = { ...named, keyHash: hashOf(token) };
  const outcome = await ownerAct({ action: 'device.admit', resource }, proof);
  if (!outcome.ok) throw new AtomError(wordForNo(outcome), outcome.message);
  const row = await roster.require((outcome.value as { readonly device: string }).device);
  alert(
    `A token for the program “${row.name}” was made by ${deciderWords(proof.by)}: ${row.id}. Unexpected? atom devices revoke ${row.id}`,
  );
  return { row, token };
}

/** Makes a key void. A program gets its next one here, a device fetches it with its own key. */
export async function rotate(
  { roster }: DeviceParts,
  row: DeviceRow,
): Promise<{ readonly row: DeviceRow; readonly token?: string }> {
  if (row.kind === 'device') return { row: await roster.rekey(row, undefined) };
  const token = newKey();
  return { row: await roster.rekey(row, hashOf(token)), token };
}

interface Revoking {
  readonly by: Decider;
  readonly standing: Pick<Standing, 'list' | 'revoke'>;
  readonly running: Pick<Running, 'keys' | 'stop'>;
  /** Closes its connections. */
  readonly close: (row: DeviceRow) => void;
}

/**
 * Takes the key away, and everything that hangs on it: its connections, what runs for it in its own
 * conversations, what it said that waits, questions it raised, and yeses that stand for it.
 */
export async function revoke(
  { roster, records, alert }: DeviceParts,
  row: DeviceRow,
  { by, standing, running, close }: Revoking,
): Promise<DeviceRow> {
  const revoked = await roster.revoke(row);
  close(revoked);
  for (const key of running.keys())
    if (isOfDevice(key, row.id)) running.stop(key, deciderWords(by));
  await dropSaidBy(records.store, row, 'revoked');
  const own = `${row.kind}/${row.id}`;
  for (const { id, asker, request } of await pendingApprovals(records.store)) {
    const isAboutIt = asker === own || asksFor(request.resource, row);
    if (isAboutIt) await records.approvals.answer({ ref: id, verdict: 'deny', by, typed: false });
  }
  for (const one of await standing.list())
    if (one.sender === own || one.by === own) await standing.revoke(one.id);
  alert(
    `${row.id} “${row.name}” was revoked by ${deciderWords(by)}: its key opens nothing any more.`,
  );
  return revoked;
}

/** More for the device itself. */
const asksFor = (resource: unknown, { id }: DeviceRow): boolean =>
  typeof resource === 'object' &&
  resource !== null &&
  'device' in resource &&
  resource.device === id;
