import { AtomError, systemCode } from '../../base/errors.ts';
import { readTls, type TlsFiles } from './tls-files.ts';

/** Where to listen, and which of the settings says so. */
export interface Place {
  readonly setting: 'gateway' | 'webhooks';
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

/** Listens as the settings say. Throws AtomError with what to change where it cannot. */
export async function listenOn<S>(
  place: Place,
  open: (tls: TlsFiles | undefined) => Promise<S>,
): Promise<S> {
  const tls = place.tls && (await readTls(place.tls, place.setting));
  try {
    return await open(tls);
  } catch (error) {
    throw await whyNot(place, error);
  }
}

async function whyNot({ setting, host, port }: Place, cause: unknown): Promise<AtomError> {
  const next = [
    `Choose another:   atom config set ${setting}.port <port>`,
    ...(setting === 'webhooks' ? ['PORT in the environment outranks it, where it is set.'] : []),
    'atom stop, then atom start',
  ];
  const code = systemCode(cause);
  if (code === 'EADDRINUSE') {
    const { portOwner } = await import('./port-owner.ts');
    const owner = await portOwner(port);
    const by = owner === undefined ? '' : ` by ${owner}`;
    return new AtomError('failed', `Port ${port} of ${host} is taken${by}.`, { cause, next });
  }
  if (code === 'EADDRNOTAVAIL')
    return new AtomError('failed', `This machine has no address ${host}.`, {
      cause,
      next: [`atom config set ${setting}.host 127.0.0.1`],
    });
  const words = cause instanceof Error ? cause.message : String(cause);
  return new AtomError('failed', `Cannot listen on port ${port} of ${host}: ${words}`, {
    cause,
    next,
  });
}
