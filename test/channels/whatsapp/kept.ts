import { join } from 'node:path';
import { findLibrary } from '../../../src/channels/library.ts';
import type { WhatsAppDeps } from '../../../src/channels/whatsapp/create.ts';
import { LIBRARY } from '../../../src/channels/whatsapp/facts.ts';
import { createKeep } from '../../../src/channels/whatsapp/keep.ts';
import { OWN } from '../../peers/whatsapp/peer.ts';

const ROOT = join(import.meta.dirname, '../../..');
export const LIBRARY_FOLDER = findLibrary(LIBRARY, {
  packageFolder: ROOT,
  data: '/nowhere',
  channel: 'whatsapp',
});

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

/** Puts a link into the store as pairing would have left it. */
export async function seedLink(deps: Pick<WhatsAppDeps, 'store' | 'secrets'>): Promise<void> {
  const { BufferJSON, initAuthCreds } = await import('@whiskeysockets/baileys');
  const bytes = Buffer.alloc(64, 7);
  const creds = {
    ...initAuthCreds(),
    me: { id: `${OWN}:1@s.whatsapp.net`, lid: `${OWN}:1@lid`, name: 'atom' },
    account: {
      details: bytes,
      accountSignatureKey: bytes.subarray(32),
      accountSignature: bytes,
      deviceSignature: bytes,
    },
    registered: true,
  };
  const value = JSON.stringify(creds, BufferJSON.replacer);
  await createKeep(deps).write([{ kind: 'creds', id: 'main', value }]);
}
