import type { Bridge } from '../../../src/bridge/contract.ts';
import { createBridge } from '../../../src/bridge/create.ts';
import { createMemoryBridge } from '../../../src/bridge/memory/memory-bridge.ts';
import type { Tuning } from '../../../src/bridge/settings.ts';
import { atomPeer, TOKEN } from '../../peers/atom-peer.ts';
import { overSocket, overWebSocket, type Peer } from '../../peers/bridge-peer.ts';
import { OPENCLAW_TOKEN, openClawPeer } from '../../peers/openclaw-peer.ts';

/** A bridge and the gateway behind it. */
export interface Backend {
  readonly bridge: Bridge;
  readonly peer: Pick<Peer, 'received' | 'expect' | 'say' | 'cut' | 'close'>;
}

export type OpenBackend = (tuning: Partial<Tuning>, queueFolder?: string) => Promise<Backend>;

/** Short enough for a test, long enough for a busy machine. */
export const QUICK: Partial<Tuning> = {
  connectTimeoutMs: 400,
  sendTimeoutMs: 250,
  steps: { firstMs: 5, capMs: 20, jitterMs: 0 },
};

const folderOf = (queueFolder: string | undefined) =>
  queueFolder === undefined ? {} : { queueFolder };

export const backends: readonly (readonly [string, OpenBackend])[] = [
  [
    'memory',
    async (tuning, folder) => {
      const reply = ({ text }: { text: string }) => `You said: ${text}`;
      const bridge = createMemoryBridge({ reply, tuning, ...folderOf(folder) });
      return { bridge, peer: { ...bridge, close: async () => undefined } };
    },
  ],
  [
    'a Unix socket',
    async (tuning, folder) => {
      const peer = await atomPeer(overSocket, false);
      return { peer, bridge: createBridge({ url: peer.url, tuning, ...folderOf(folder) }) };
    },
  ],
  [
    'a WebSocket',
    async (tuning, folder) => {
      const peer = await atomPeer(overWebSocket, true);
      const credential = { kind: 'token', token: TOKEN } as const;
      return {
        peer,
        bridge: createBridge({ url: peer.url, credential, tuning, ...folderOf(folder) }),
      };
    },
  ],
  [
    'an OpenClaw gateway',
    async (tuning, folder) => {
      const peer = await openClawPeer();
      const credential = { kind: 'token', token: OPENCLAW_TOKEN } as const;
      return {
        peer,
        bridge: createBridge({ url: peer.url, credential, tuning, ...folderOf(folder) }),
      };
    },
  ],
];
