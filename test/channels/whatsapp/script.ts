import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { OWN } from '../../peers/whatsapp/peer.ts';
import { freshStore } from '../../store/fresh.ts';
import { memorySecrets, seedLink } from './kept.ts';
import { whatsappFor } from './stage.ts';

/** How connections go, one word after the other: `open`, or the code that one ends with. */
export type Word = 'open' | number;

/** A channel whose connections go as they are told to. */
export async function scripted(isLinked: boolean, ...words: readonly Word[]) {
  const open: Word[] = [...words];
  const asking: ServerResponse[] = [];
  let count = 0;
  const server = createServer((_request, response) => {
    count += 1;
    asking.push(response);
    answer();
  });
  const answer = () => {
    while (open.length > 0 && asking.length > 0) asking.shift()?.end(String(open.shift()));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { store } = await freshStore();
  const secrets = memorySecrets();
  if (isLinked) await seedLink({ store, secrets });
  const program = join(import.meta.dirname, 'scripted-child.mjs');
  const made = whatsappFor({ url }, { store, secrets, program });
  onTestFinished(async () => {
    await made.channel.close();
    server.closeAllConnections();
    server.close();
  });
  return {
    ...made,
    store,
    secrets,
    own: OWN,
    /** How often a connection asked how it goes. */
    asked: () => count,
    say(...more: readonly Word[]) {
      open.push(...more);
      answer();
    },
  };
}
