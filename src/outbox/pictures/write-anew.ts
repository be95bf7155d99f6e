import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import { OPEN_PLAIN } from '../../config/plain-file.ts';
import type { Ending, JailLimits, JailStatus, Launch } from '../../domain/jail.ts';
import { SNIFFED_BYTES, sniff } from '../../domain/media-type.ts';

/** Where pictures are written anew. */
export interface PictureHost {
  /** Starts processes in one folder that atom made itself. */
  readonly launchFor: (folder: string) => Launch;
  readonly status: () => Promise<JailStatus>;
  /** The Node that runs it. */
  readonly nodePath: string;
  /** `dist/outbox`: the program of the jail, `picture.mjs`, and the library that it loads. */
  readonly programFolder: string;
}

/** A picture that may leave: nothing but its points is left of what it was. */
export interface Anew {
  readonly path: string;
  readonly type: 'image/jpeg' | 'image/png';
  readonly bytes: number;
}

/** What the largest picture needs: tried again smaller until it fits, it is decoded up to six times. */
const LIMITS: Partial<JailLimits> = {
  wallMs: 60_000,
  cpuSeconds: 60,
  memoryBytes: 896 * 1024 * 1024,
  processes: 64,
  openFiles: 256,
  fileBytes: 64 * 1024 * 1024,
  outputBytes: 64 * 1024,
};

/**
 * Writes the picture `original` of a folder anew beside it, in at most `most` bytes, and removes the
 * original. Throws AtomError `unavailable` where there is no jail for it, `blocked` where it cannot be
 * read: then it never leaves.
 */
export async function writeAnew(
  host: PictureHost,
  { folder, most }: { readonly folder: string; readonly most: number },
  signal: AbortSignal,
): Promise<Anew> {
  if ((await host.status()).state !== 'ready')
    throw new AtomError('unavailable', 'No picture can be sent: there is no jail that holds.', {
      next: ['atom doctor'],
    });
  const { ending } = await host.launchFor(folder)(
    {
      jail: { name: 'picture', folder, mode: 'read-write' },
      argv: ['/opt/atom/node', '/opt/atom/outbox/picture.mjs'],
      cwd: folder,
      stdin: JSON.stringify({ most }),
      limits: LIMITS,
      readOnly: [
        { host: host.nodePath, inside: '/opt/atom/node' },
        { host: host.programFolder, inside: '/opt/atom/outbox' },
      ],
    },
    signal,
    () => undefined,
  );
  signal.throwIfAborted();
  await rm(join(folder, 'original'), { force: true });
  return await resultOf(folder, ending, most);
}

/** What came of it is looked at like anything from outside: a picture may have taken its decoder over. */
async function resultOf(folder: string, ending: Ending, most: number): Promise<Anew> {
  if (ending.kind !== 'exit' || ending.code !== 0) throw unreadable(whyOf(ending));
  const file = await open(join(folder, 'ready'), OPEN_PLAIN);
  try {
    const stats = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
    const type = sniff(buffer.subarray(0, bytesRead));
    if (type !== 'image/jpeg' && type !== 'image/png') throw unreadable('what came of it is none');
    if (!stats.isFile() || stats.size > most) throw unreadable('what came of it is too large');
    // What a row of the outbox names must be there after a crash.
    await file.sync();
    const path = join(folder, type === 'image/png' ? 'picture.png' : 'picture.jpg');
    await rename(join(folder, 'ready'), path);
    return { path, type, bytes: stats.size };
  } finally {
    await file.close();
  }
}

/** Told by its exit code: words of a decoder may be the picture's own. */
function whyOf(ending: Ending): string {
  if (ending.kind !== 'exit') return `it took too much (${ending.kind})`;
  if (ending.code === 3) return 'it has more than 50 million points';
  return ending.code === 4
    ? 'it does not fit'
    : 'it is damaged, or of a kind that is not read here';
}

const unreadable = (why: string): AtomError =>
  new AtomError(
    'blocked',
    `The picture was not sent, because it could not be written anew: ${why}.`,
    {
      next: ['Convert it to a PNG or a JPEG first, or send it inside a ZIP.'],
    },
  );
