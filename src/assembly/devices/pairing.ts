import { fingerprintOf } from '../../base/ed25519.ts';
import { newId } from '../../base/ids.ts';
import type { Outcome } from '../../domain/action.ts';
import type { Approval } from '../../domain/approval.ts';
import { grantable, type Scope, scopeWords } from '../../domain/caller.ts';
import type { PairingRequest } from '../../domain/device.ts';
import type { DeviceOwner } from '../../domain/owned-device.ts';
import type { PairingEnd } from '../../protocol/connect.ts';
import type { Opened } from '../../protocol/credentials.ts';
import type { DeviceRow } from '../../store/tables/devices.ts';
import { hashOf, newKey } from '../../trust/devices/keys.ts';
import type { DeviceParts } from './parts.ts';

/** Somebody who proved a setup code and a key. */
export interface Newcomer {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly publicKey: string;
  readonly digits: string;
  /** Whose it says it is, where a provider vouches for that. */
  readonly owner?: DeviceOwner;
}

/** A request as the owner is shown it, and what comes of it. */
export interface Waiting {
  readonly request: PairingRequest;
  /** Id of the question that it put. */
  readonly approval: string;
  readonly ended: Promise<PairingEnd>;
}

/** Requests of devices: each is a question to the owner, answered like every other. */
export interface Pairing {
  /** Asks for a new one. Undefined where it could not even be asked. */
  ask(newcomer: Newcomer): Promise<(Waiting & { abandon(): void }) | undefined>;
  /** Asks for more for one that is known, once an hour at most; it goes on with what it has. */
  askMore(row: DeviceRow, wanted: readonly Scope[]): void;
  list(): readonly Waiting[];
}

/** A device that asks for more with every connection asks its owner once in this time. */
const ASK_AGAIN_MS = 3_600_000;

/** `onChange` is told whenever one more waits, or one less. */
export function createPairing(parts: DeviceParts, onChange: () => void): Pairing {
  const { options, records, performAsSystem } = parts;
  const waiting = new Map<string, Waiting>();
  const asked = new Map<string, number>();
  return {
    list: () => [...waiting.values()],
    ask: async (newcomer) => {
      const [key, gone] = [newKey(), new AbortController()];
      const { owner, ...rest } = newcomer;
      const whose = owner ? { owner: { ...owner } } : {};
      const resource = { kind: 'device', ...rest, scopes: [...rest.scopes], ...whose };
      const intent = {
        id: newId(),
        action: 'device.admit',
        context: {},
        resource: { ...resource, keyHash: hashOf(key) },
      };
      const question = questionOf(parts, intent.id);
      const outcome = performAsSystem(intent, { signal: gone.signal }).finally(question.stop);
      const approval = await Promise.race([question.asked, outcome.then(() => undefined)]);
      if (!approval) return undefined;
      const request = requestOf(newcomer, approval);
      const ended = outcome
        .then((end) => endOf(parts, { end, key, newcomer }))
        .finally(() => {
          waiting.delete(approval.id);
          onChange();
        });
      const one = { request, approval: approval.id, ended };
      waiting.set(approval.id, one);
      options.emit({ kind: 'device.waiting', request });
      return { ...one, abandon: () => gone.abort() };
    },
    askMore: (row, wanted) => {
      const scopes = grantable.filter((one) => [...row.scopes, ...wanted].includes(one));
      const [name, now] = [`${row.id} ${scopes.join()}`, records.steady.now()];
      if (now - (asked.get(name) ?? Number.NEGATIVE_INFINITY) < ASK_AGAIN_MS) return;
      asked.set(name, now);
      const resource = { kind: 'scopes', device: row.id, name: row.name, scopes };
      performAsSystem({ id: newId(), action: 'device.admit', resource, context: {} })
        .then(({ ok }) => {
          if (ok)
            parts.alert(
              `${row.id} “${row.name}” may do more now: ${words(scopes)}. ${UNEXPECTED(row.id)}`,
            );
        })
        .catch((error: unknown) => options.log.error(`not asked: ${String(error)}`));
    },
  };
}

/** The question that an intent puts, as soon as it is put. */
function questionOf({ records: { bus } }: DeviceParts, intent: string) {
  const { promise, resolve } = Promise.withResolvers<Approval>();
  const stop = bus.on('approval.asked', (approval) => {
    if (approval.request.id === intent) resolve(approval);
  });
  return { asked: promise, stop };
}

const requestOf = (
  { name, scopes, publicKey, digits, owner }: Newcomer,
  { card, askedAt, expiresAt }: Approval,
): PairingRequest => ({
  id: card.code,
  name,
  scopes,
  digits,
  askedAt,
  expiresAt,
  fingerprint: fingerprintOf(publicKey),
  ...(owner ? { owner: { user: owner.user, words: owner.words } } : {}),
});

interface End {
  readonly end: Outcome;
  readonly key: string;
  readonly newcomer: Newcomer;
}

function endOf(parts: DeviceParts, { end, key, newcomer }: End): PairingEnd {
  const { name, scopes, owner } = newcomer;
  if (!end.ok) return { kind: 'device.refused', message: refusalWords(end) };
  const { device } = end.value as { readonly device: string };
  parts.alert(
    `“${name}”${owner ? ` of ${owner.user}` : ''} is connected as ${device} and may ${words(scopes)}. ${UNEXPECTED(device)}`,
  );
  return { kind: 'device.paired', device, key, scopes };
}

const words = (scopes: readonly Scope[]): string => scopeWords(scopes).join('; ');

const UNEXPECTED = (device: string): string =>
  `Unexpected? atom devices revoke ${device}   Everything? atom panic`;

/** For whoever holds the device, who may be a stranger. */
function refusalWords({ reason }: Outcome & { readonly ok: false }): string {
  if (reason === 'denied') return 'The owner said no.';
  if (reason === 'expired') return 'The owner did not answer in time.';
  return 'The gateway did not let it in.';
}

/** A request that waits as the gateway's door hands it on. */
export const openedFor = (
  { request, ended, abandon }: Waiting & { abandon(): void },
  handshake: Extract<Opened, { readonly kind: 'pairing' }>['handshake'],
): Opened => ({ kind: 'pairing', request, handshake, ended, abandon });
