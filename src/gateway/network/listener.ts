import { AtomError, systemCode } from '../../base/errors.ts';
import type { Endpoint } from './door.ts';
import { portOwner } from './port-owner.ts';
import type { Server, ServerDeps } from './server.ts';
import { readTls } from './tls-files.ts';

/** Listens as the settings say. Throws AtomError with what to change where it cannot. */
export async function listenOn(deps: Omit<ServerDeps, 'tls'>): Promise<Server> {
  const { endpoint } = deps;
  const tls = endpoint.tls && (await readTls(endpoint.tls));
  // What speaks to the network is loaded once somebody is there to speak to.
  const { openServer } = await import('./server.ts');
  try {
    return await openServer({ ...deps, tls });
  } catch (error) {
    throw await whyNot(endpoint, error);
  }
}

async function whyNot({ host, port }: Endpoint, cause: unknown): Promise<AtomError> {
  const next = [
    'Choose another:   atom config set gateway.port <port>',
    'atom stop, then atom start',
  ];
  const code = systemCode(cause);
  if (code === 'EADDRINUSE') {
    const owner = await portOwner(port);
    const by = owner === undefined ? '' : ` by ${owner}`;
    return new AtomError('failed', `Port ${port} of ${host} is taken${by}.`, { cause, next });
  }
  if (code === 'EADDRNOTAVAIL')
    return new AtomError('failed', `This machine has no address ${host}.`, {
      cause,
      next: ['atom config set gateway.host 127.0.0.1'],
    });
  const words = cause instanceof Error ? cause.message : String(cause);
  return new AtomError('failed', `Cannot listen on port ${port} of ${host}: ${words}`, {
    cause,
    next,
  });
}
