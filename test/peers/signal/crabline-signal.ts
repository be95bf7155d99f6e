import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startSignalServer } from '@openclaw/crabline';
import type { Door } from '../../../src/channels/signal/door.ts';
import { scratchFolder } from '../scratch.ts';
import { DANA, type SignalWriter } from './frames.ts';

export interface CrablineSignal {
  readonly door: Door;
  inject(text: string, from?: SignalWriter): Promise<void>;
  /** What was asked of a method and taken. */
  asked(method: string): readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

/**
 * Starts @openclaw/crabline's Signal, as signal-cli with `--http` and one account: JSON-RPC by POST and
 * server-sent events, which it keeps for whoever comes. It does not link, and hands out no attachments.
 */
export async function startCrablineSignal(): Promise<CrablineSignal> {
  const folder = scratchFolder('crabline');
  const taken: { method: string; params: Record<string, unknown> }[] = [];
  const server = await startSignalServer({
    recorderPath: join(folder, 'signal.jsonl'),
    onEvent(event) {
      const { accepted, body } = event as { accepted?: boolean; body?: (typeof taken)[number] };
      if (accepted && body) taken.push(body);
    },
  });
  const { adminToken, endpoints } = server.manifest;
  return {
    door: { kind: 'http', root: endpoints.apiRoot },
    async inject(text, { number, uuid, name } = DANA) {
      const response = await fetch(endpoints.adminInboundUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-crabline-admin-token': adminToken },
        body: JSON.stringify({ text, sourceNumber: number, sourceUuid: uuid, sourceName: name }),
      });
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    },
    asked: (method) => taken.filter((one) => one.method === method).map(({ params }) => params),
    async close() {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
