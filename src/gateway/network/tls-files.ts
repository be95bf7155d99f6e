import { readFile, stat } from 'node:fs/promises';
import { AtomError, systemCode } from '../../base/errors.ts';

/** A certificate and its key, PEM. */
export interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Reads both. Throws AtomError `config` where one is missing, or others may read the key. */
export async function readTls(
  tls: { readonly cert: string; readonly key: string },
  setting: string,
): Promise<TlsFiles> {
  const cert = await read(`${setting}.tls.cert`, tls.cert);
  const key = await read(`${setting}.tls.key`, tls.key);
  const { mode } = await stat(tls.key);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new AtomError('config', `${setting}.tls.key: others may read ${tls.key}.`, {
      next: [`chmod 600 ${tls.key}`],
    });
  return { cert, key };
}

async function read(setting: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new AtomError(
      'config',
      `${setting}: ${path} cannot be read (${systemCode(cause) ?? 'unknown'}).`,
      { cause, next: ['atom config edit'] },
    );
  }
}
