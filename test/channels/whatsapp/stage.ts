import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { newId } from '../../../src/base/ids.ts';
import { createLog, type LogLine } from '../../../src/base/log.ts';
import { createWhatsApp, type WhatsAppDeps } from '../../../src/channels/whatsapp/create.ts';
import type { Address } from '../../../src/domain/address.ts';
import type { Channel, LinkStep } from '../../../src/domain/channel.ts';
import type { LibraryJail } from '../../../src/domain/library-process.ts';
import type { Store } from '../../../src/domain/store.ts';
import { createLibraryJail } from '../../../src/jail/library-process.ts';
import { findMechanism } from '../../../src/jail/mechanism.ts';
import { DANA, OWN, startWhatsAppPeer, type WhatsAppPeer } from '../../peers/whatsapp/peer.ts';
import { freshStore } from '../../store/fresh.ts';
import { LIBRARY_FOLDER, memorySecrets } from './kept.ts';

const { platform, arch } = process;
/** How this machine jails a process. */
export const mechanism = findMechanism({ platform, arch, uid: process.getuid?.() ?? 0 });

/** What keeps its process in on this machine. */
export const jail: LibraryJail = async () =>
  createLibraryJail(await mechanism, async () => ({
    state: 'ready',
    mechanism: 'tried',
    checks: [],
    warnings: [],
  }))();

const ROOT = join(import.meta.dirname, '../../..');
export const PROGRAM = join(ROOT, 'src/channels/whatsapp/child/main.ts');

/** The chat of somebody with the linked account. */
export const home: Address = { channel: 'whatsapp', account: OWN, peer: DANA };

export interface Made {
  readonly channel: Channel;
  readonly lines: LogLine[];
  readonly waits: number[];
}

/** A channel of a peer. It writes without a pause and waits a thousandth of the time between tries. */
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
    jail,
    program: PROGRAM,
    library: () => LIBRARY_FOLDER,
    settings: { name: 'atom', dailyCap: 1000, allow: [DANA, OWN], groups: [], url: peer.url },
    pauseMs: () => 0,
    // A busy machine takes its time to start a process.
    connectMs: 25_000,
    wait: async (ms) => {
      waits.push(ms);
      await new Promise((resolve) => setTimeout(resolve, ms / 1000));
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
    peer,
    store,
    secrets,
    make: (more) => {
      const made = whatsappFor(peer, { store, secrets, ...more });
      onTestFinished(() => made.channel.close());
      return made;
    },
  };
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
