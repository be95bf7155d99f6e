import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createDevices } from '../../../src/assembly/devices/devices.ts';
import { createIdentify } from '../../../src/assembly/devices/identifying.ts';
import { createOwnerActs } from '../../../src/assembly/owner-acts.ts';
import { openRecords } from '../../../src/assembly/record.ts';
import { createTrust } from '../../../src/assembly/trust.ts';
import { type Identity, newIdentity } from '../../../src/base/ed25519.ts';
import { createLog } from '../../../src/base/log.ts';
import { accountOf } from '../../../src/config/account.ts';
import { configSchema } from '../../../src/config/schema.ts';
import type { Approval } from '../../../src/domain/approval.ts';
import type { Scope } from '../../../src/domain/caller.ts';
import { cleanLabels } from '../../../src/domain/label.ts';
import type { Outside } from '../../../src/domain/outside.ts';
import { createFeedPost } from '../../../src/feed/post.ts';
import { createGovernor } from '../../../src/governance/governor.ts';
import { nothingHeld } from '../../../src/governance/labels/held.ts';
import type { Opened } from '../../../src/protocol/credentials.ts';
import type { GatewayEvent } from '../../../src/protocol/events.ts';
import { clientProof } from '../../../src/protocol/handshake.ts';
import { readSetupCode, type SetupCode } from '../../../src/protocol/setup-code.ts';
import { createRunning } from '../../../src/sessions/running.ts';
import { nothingOwn } from '../../feed/nothing-own.ts';
import { endsWithTest } from '../../governance/ends-with-test.ts';
import { untainted } from '../../governance/stage.ts';
import { freshFolder, type HeldClock, heldClock, leaveEmptyStore } from '../../store/fresh.ts';

export const TERMINAL = { surface: 'terminal', id: 'owner' } as const;

/** Secrets that are kept in memory. */
export function keptSecrets() {
  const kept = new Map<string, string>();
  return {
    kept,
    get: async (name: string) => kept.get(name),
    set: async (name: string, value: string) => {
      kept.set(name, value);
      return 'file' as const;
    },
    remove: async (name: string) => kept.delete(name),
    list: async () => [],
  };
}

export interface Scene {
  readonly folder?: string;
  readonly secrets?: ReturnType<typeof keptSecrets>;
  /** Where the gateway listens. */
  readonly url?: string;
  readonly clock?: HeldClock;
  readonly config?: object;
  /** Connections of the machine, where a provider of identities is asked. */
  readonly outside?: Outside;
}

/** A machine without a network. */
const nowhere: Outside = {
  resolve: () => Promise.reject(new Error('no network')),
  dial: () => Promise.reject(new Error('no network')),
};

/** The keeping of devices with the real store and the real governor. */
export async function openStage(scene: Scene = {}) {
  const folder = scene.folder ?? freshFolder();
  const database = join(folder, 'atom.db');
  if (scene.folder === undefined) await leaveEmptyStore(database);
  const clock = scene.clock ?? heldClock();
  const secrets = scene.secrets ?? keptSecrets();
  const events: GatewayEvent[] = [];
  const config = configSchema.parse({ version: 1, ...scene.config });
  const options = {
    config,
    secrets,
    clock,
    log: createLog(() => undefined),
    version: '0',
    paths: { database, config: folder },
    packageFolder: folder,
    account: accountOf({ home: folder }),
    emit: (event: GatewayEvent) => void events.push(event),
  } as unknown as Parameters<typeof openRecords>[0];
  const records = await openRecords(options);
  onTestFinished(() => records.store.close().catch(() => undefined));
  const { store, audit, approvals, boot, bus } = records;
  const trust = await createTrust(options, records);
  const governor = endsWithTest(
    createGovernor({
      store,
      audit,
      approvals,
      boot,
      clock,
      taints: untainted,
      actions: new Map(
        [
          ...trust.actions,
          createFeedPost({
            store,
            bus,
            clock,
            isPrivate: () => false,
            userOf: async () => undefined,
            own: async () => nothingOwn,
          }),
        ].map((one) => [one.name, one]),
      ),
      agent: async () => undefined,
      window: async () => ({ labels: cleanLabels, sources: [], said: '' }),
      typed: async () => '',
      origin: async () => ({ who: 'atom itself' }),
      held: async () => nothingHeld,
      rules: () => [],
      role: async () => undefined,
      worksFor: async () => true,
      secondFactor: records.factor.enrolled,
      standing: trust.standing,
      halted: async () => undefined,
      limits: {
        look: async () => undefined,
        reserve: async () => undefined,
        settle: async () => undefined,
      },
      undo: { before: async () => true, after: async () => undefined },
      conduct: async () => undefined,
      expiry: { tapMs: 300_000, typedMs: 120_000 },
      log: options.log,
    }),
  );
  const asked: Approval[] = [];
  const told: string[] = [];
  bus.on('approval.asked', (approval) => void asked.push(approval));
  bus.on('feed.posted', ({ text }) => void told.push(text));
  const running = createRunning();
  const devices = createDevices(options, {
    records,
    trust,
    channels: { facts: () => ({}) } as never,
    ownerAct: createOwnerActs(records, governor.performAs({ kind: 'owner', id: 'owner' })),
    performAsSystem: governor.performAs({ kind: 'system', id: 'atom' }),
    running,
    identify: createIdentify(options, records, scene.outside ?? nowhere),
  });
  onTestFinished(devices.close);
  const url = scene.url ?? 'ws://127.0.0.1:18789';
  devices.listensBy(async () => ({ state: 'listening', url }));
  const arm = async (
    scopes: readonly Scope[] = ['read', 'chat'],
    seconds = 180,
    more: { readonly idToken?: string } = {},
  ) => readSetupCode((await devices.arm({ scopes, seconds, ...more }, TERMINAL)).setupCode);
  return {
    folder,
    clock,
    secrets,
    options,
    events,
    records,
    trust,
    asked,
    told,
    devices,
    arm,
    governor,
    running,
  };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

const nonce = (): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');

/** The gateway's side of a new connection. */
export const greetingOf = async ({ devices }: Stage) => ({
  challenge: Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url'),
  nonce: nonce(),
  gateway: (await devices.credentials.identity()).publicKey,
});

/** A device of the protocol alone: its key, and what it does with it. */
export function device(stage: Stage, own: Identity = newIdentity(), name = 'Pixel') {
  const { open } = stage.devices.credentials;
  const prove = async (by: Identity) => {
    const greeting = await greetingOf(stage);
    const handshake = { ...greeting, client: own.publicKey };
    return { greeting, signature: by.sign(clientProof(handshake)) };
  };
  return {
    own,
    /** Brings the token of a setup code; signed by another key where told. */
    scan: async (
      { bootstrapToken: token }: Pick<SetupCode, 'bootstrapToken'>,
      {
        by = own,
        wanted,
        idToken,
      }: {
        readonly by?: Identity;
        readonly wanted?: readonly Scope[];
        readonly idToken?: string;
      } = {},
    ): Promise<Opened> => {
      const { greeting, signature } = await prove(by);
      const brought = idToken === undefined ? {} : { idToken };
      const key = { publicKey: own.publicKey, nonce: greeting.nonce, signature };
      return open({ kind: 'bootstrap', token, name, ...key, ...brought }, greeting, wanted);
    },
    /** Shows its key again. */
    connect: async (
      { device: id, key }: { readonly device: string; readonly key: string },
      { by = own, wanted }: { readonly by?: Identity; readonly wanted?: readonly Scope[] } = {},
    ): Promise<Opened> => {
      const { greeting, signature } = await prove(by);
      const auth = { kind: 'device', device: id, key, nonce: greeting.nonce, signature } as const;
      return open(auth, greeting, wanted);
    },
  };
}

/** Scans a fresh code and is let in. */
export async function paired(stage: Stage, scopes: readonly Scope[] = ['read', 'chat']) {
  const phone = device(stage);
  const opened = await phone.scan(await stage.arm(scopes));
  if (opened.kind !== 'pairing') throw new Error(`not asked: ${JSON.stringify(opened)}`);
  await stage.devices.answer({ ref: opened.request.digits, verdict: 'approve' }, { by: TERMINAL });
  const end = await opened.ended;
  if (end.kind !== 'device.paired') throw new Error(end.message);
  return { ...phone, opened, end };
}
