import type { Clock } from '../../base/clock.ts';
import { randomKey } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import { createTree } from '../../base/merkle.ts';
import { type NoteSigner, newSigner, parseKey, parseSigner } from '../../base/signed-note.ts';
import { type Checkpoint, parseCheckpoint, signCheckpoint } from '../../domain/checkpoint.ts';
import type { Sql, Store } from '../../domain/store.ts';
import {
  auditKeys,
  insertCheckpoint,
  insertKey,
  type KeyReason,
  newestCheckpoint,
} from '../../store/tables/audit-keys.ts';
import type { Audit } from './append.ts';
import { growTree, KEY_ENTRY, wholeTree } from './tree.ts';

export interface NotaryDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Log;
  /** Where private keys are kept, by the id of the key. */
  readonly keys: {
    get(id: string): Promise<string | undefined>;
    set(id: string, secret: string): Promise<void>;
    remove(id: string): Promise<void>;
  };
  readonly profile: string;
  /** The most entries that a checkpoint kept elsewhere covers, of the record of that origin. */
  readonly signedElsewhere: (origin: string) => number;
}

/** Signs what the record holds. */
export interface Notary {
  /** The text of the key that signs now: what a verifier needs. */
  key(): string;
  /** A checkpoint of everything recorded so far: the one there is, or a new one. */
  checkpoint(): Promise<Checkpoint>;
  /** Hands over to a new key, which the old one vouches for, and forgets the old. Resolves to its text. */
  rotate(): Promise<string>;
}

/**
 * Opens the notary of a record. Where there is no key yet, or the private one is gone, or the record is
 * shorter than what was signed of it, a new key begins, and the record says why.
 */
export async function openNotary(deps: NotaryDeps): Promise<Notary> {
  const { store, clock, log, keys } = deps;
  await growTree(store);
  let signer = await signerNow(deps);
  return {
    key: () => signer.text,
    checkpoint: () => store.tx((sql) => signTree(sql, clock, [signer])),
    rotate: async () => {
      const old = signer;
      const next = newSigner(old.name);
      await keys.set(next.id, next.secretText);
      await store.tx((sql) => begin(sql, deps, { next, why: 'rotated', old }));
      signer = next;
      await keys.remove(old.id);
      log.info(`the record is signed by another key now: ${next.id}`);
      return next.text;
    },
  };
}

async function signerNow(deps: NotaryDeps): Promise<NoteSigner> {
  const { store, keys, log, profile, signedElsewhere } = deps;
  const last = parseKey((await auditKeys(store)).at(-1)?.key ?? '');
  if (!last) return startKey(deps, newSigner(newOrigin(profile)), 'first');
  const { size } = await wholeTree(store);
  if (signedElsewhere(last.name) > size) {
    log.error(
      `the record has ${size} entries and ${signedElsewhere(last.name)} were signed: it was cut off, or put back from a copy`,
      { see: 'atom audit verify' },
    );
    // What was signed under the old name may not be signed otherwise under it.
    return startKey(deps, newSigner(newOrigin(profile)), 'restored');
  }
  const kept = parseSigner((await keys.get(last.id)) ?? '');
  if (kept?.text === last.text) return kept;
  log.error(`the private key ${last.id} of the record is gone; a new one signs from now on`, {
    see: 'atom audit verify',
  });
  return startKey(deps, newSigner(last.name), 'lost');
}

/** The key is kept before the record names it: a start that is cut off in between begins another. */
async function startKey(deps: NotaryDeps, next: NoteSigner, why: KeyReason): Promise<NoteSigner> {
  await deps.keys.set(next.id, next.secretText);
  await deps.store.tx((sql) => begin(sql, deps, { next, why }));
  return next;
}

interface Beginning {
  readonly next: NoteSigner;
  readonly why: KeyReason;
  /** Vouches for the next one. */
  readonly old?: NoteSigner;
}

/** Announces a key in the record and signs that at once. */
async function begin(
  sql: Sql,
  { audit, clock }: NotaryDeps,
  { next, why, old }: Beginning,
): Promise<void> {
  const { size } = await wholeTree(sql);
  await audit(sql, KEY_ENTRY, {
    key: next.text,
    id: next.id,
    why,
    ...(old ? { before: old.id } : {}),
  });
  await insertKey(sql, { entry: size, key: next.text, why, at: clock.now() });
  await signTree(sql, clock, old ? [old, next] : [next]);
}

async function signTree(
  sql: Sql,
  clock: Clock,
  signers: readonly NoteSigner[],
): Promise<Checkpoint> {
  const tree = await wholeTree(sql);
  const newest = await newestCheckpoint(sql);
  const there = newest?.size === tree.size ? parseCheckpoint(newest.note) : undefined;
  if (there) return there;
  const origin = signers.at(-1)?.name ?? '';
  const head = { origin, size: tree.size, root: createTree(tree).root() };
  const signed = signCheckpoint(head, signers);
  await insertCheckpoint(sql, { size: tree.size, note: signed.note, at: clock.now() });
  return signed;
}

/** Tells two records apart, also of one profile on two machines; a URL without a scheme, as the specification asks. */
const newOrigin = (profile: string): string =>
  `atom.local/${profile}/${randomKey(8).toString('hex')}`;
