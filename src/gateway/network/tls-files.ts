import { readFile, stat } from 'node:fs/promises';
import { AtomError, systemCode } from '../../base/errors.ts';

/** A certificate and its key, PEM. */
export interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Reads both. Throws AtomError `config` where one is missing, or others may read the key. */
export async function readTls(tls: {
  readonly cert: string;
  readonly key: string;
}): Promise<TlsFiles> {
  const [cert, key] = [await read('cert', tls.cert), await read('key', tls.key)];
  const { mode } = await stat(tls.key);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new AtomError('config', `gateway.tls.key: others may read ${tls.key}.`, {
      next: [`chmod 600 ${tls.key}`],
    });
  return { cert, key };
}

async function read(name: 'cert' | 'key', path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new AtomError(
      'config',
      `gateway.tls.${name}: ${path} cannot be read (${systemCode(cause) ?? 'unknown'}).`,
      { cause, next: ['atom config edit'] },
    );
  }
}
