import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { newId } from '../../../src/base/ids.ts';
import { createLog, type LogLine } from '../../../src/base/log.ts';
import { createWhatsApp, type WhatsAppDeps } from '../../../src/channels/whatsapp/create.ts';
import { createKeep } from '../../../src/channels/whatsapp/keep.ts';
import { findLibrary } from '../../../src/channels/whatsapp/library.ts';
import type { Address } from '../../../src/domain/address.ts';
import type { Channel, LinkStep } from '../../../src/domain/channel.ts';
import type { Store } from '../../../src/domain/store.ts';
import { DANA, OWN, startWhatsAppPeer, type WhatsAppPeer } from '../../peers/whatsapp/peer.ts';
import { freshStore } from '../../store/fresh.ts';

const ROOT = join(import.meta.dirname, '../../..');
export const PROGRAM = join(ROOT, 'src/channels/whatsapp/child/main.ts');
export const LIBRARY_FOLDER = findLibrary({ packageFolder: ROOT, data: '/nowhere' });

/** The chat of somebody with the linked account. */
export const home: Address = { channel: 'whatsapp', account: OWN, peer: DANA };

/** Secrets that live as long as the test. */
export const memorySecrets = (): WhatsAppDeps['secrets'] => {
  const kept = new Map<string, string>();
  return {
    get: async (name) => kept.get(name),
    set: async (name, value) => {
      kept.set(name, value);
      return 'file';
    },
  };
};

export interface Made {
  readonly channel: Channel;
  readonly lines: LogLine[];
  readonly waits: number[];
}

/** A channel of a peer. It writes without a pause and waits a hundredth of the time between tries. */
export function whatsappFor(
  peer: Pick<WhatsAppPeer, 'url'>,
  deps: Pick<WhatsAppDeps, 'store' | 'secrets'> & Partial<WhatsAppDeps>,
): Made {
  const lines: LogLine[] = [];
  const waits: number[] = [];
  const channel = createWhatsApp({
    clock: systemClock,
    log: createLog((line) => void lines.push(line), 'whatsapp'),
    newId: () => newId(),
    program: PROGRAM,
    library: () => LIBRARY_FOLDER,
    settings: { name: 'atom', dailyCap: 1000, allow: [DANA, OWN], groups: [], url: peer.url },
    pauseMs: () => 0,
    wait: async (ms) => {
      waits.push(ms);
      await new Promise((resolve) => setTimeout(resolve, ms / 100));
    },
    ...deps,
  });
  return { channel, lines, waits };
}

export interface Stage {
  readonly peer: WhatsAppPeer;
  readonly store: Store;
  readonly secrets: WhatsAppDeps['secrets'];
  make(more?: Partial<WhatsAppDeps>): Made;
}

/** A peer and a store; both are gone after the test. */
export async function whatsappStage(): Promise<Stage> {
  const peer = await startWhatsAppPeer();
  onTestFinished(() => peer.close());
  const { store } = await freshStore();
  const secrets = memorySecrets();
  return {
    ...{ peer, store, secrets },
    make: (more) => {
      const made = whatsappFor(peer, { store, secrets, ...more });
      onTestFinished(() => made.channel.close());
      return made;
    },
  };
}

/** Puts a link into the store as pairing would have left it. */
export async function seedLink(deps: Pick<WhatsAppDeps, 'store' | 'secrets'>): Promise<void> {
  const { BufferJSON, initAuthCreds } = await import('@whiskeysockets/baileys');
  const bytes = Buffer.alloc(64, 7);
  const creds = {
    ...initAuthCreds(),
    me: { id: `${OWN}:1@s.whatsapp.net`, lid: `${OWN}:1@lid`, name: 'atom' },
    account: {
      ...{ details: bytes, accountSignatureKey: bytes.subarray(32) },
      ...{ accountSignature: bytes, deviceSignature: bytes },
    },
    registered: true,
  };
  const value = JSON.stringify(creds, BufferJSON.replacer);
  await createKeep(deps).write([{ kind: 'creds', id: 'main', value }]);
}

/** Links a channel as its owner would: the phone scans the first code. Resolves once it is done. */
export function link(
  channel: Channel,
  peer: WhatsAppPeer,
  steps: LinkStep[] = [],
): Promise<LinkStep> {
  return new Promise((resolve, reject) => {
    let scanned = false;
    channel.linking
      ?.begin({}, (step) => {
        steps.push(step);
        if (step.kind === 'qr' && !scanned) {
          scanned = true;
          peer.scan(step.text).catch(reject);
        }
        if (step.kind === 'linked' || step.kind === 'failed') resolve(step);
      })
      .catch(reject);
  });
}
