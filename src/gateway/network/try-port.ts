import { once } from 'node:events';
import { createServer } from 'node:net';
import { type AtomError, asAtomError } from '../../base/errors.ts';
import { listenOn, type Place } from './listener.ts';

/** What keeps us from listening there, in words with what to change; undefined where nothing does. */
export async function tryPort({
  setting,
  host,
  port,
}: Omit<Place, 'tls'>): Promise<AtomError | undefined> {
  const server = createServer();
  try {
    await listenOn({ setting, host, port }, async () => {
      server.listen({ port, host });
      await once(server, 'listening');
    });
    return undefined;
  } catch (thrown) {
    return asAtomError(thrown);
  } finally {
    server.close();
  }
}
