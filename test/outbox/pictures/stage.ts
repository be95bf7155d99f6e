import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { identify } from '../../../src/jail/folder.ts';
import { createLauncher } from '../../../src/jail/launch.ts';
import { findMechanism } from '../../../src/jail/mechanism.ts';
import { createPrograms } from '../../../src/jail/program.ts';
import { createQuarantine } from '../../../src/jail/quarantine/quarantine.ts';
import { type PictureHost, writeAnew } from '../../../src/outbox/pictures/write-anew.ts';
import { builtAtom } from '../../cli/built.ts';

/** Shared: it keeps the digest of Node, which takes a while to make. */
const programs = createPrograms();

/** A host whose jails are real. */
export async function pictureHost(root: string): Promise<PictureHost> {
  const ids = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const { platform, arch } = process;
  const scratch = join(root, 'scratch');
  mkdirSync(scratch, { recursive: true });
  const launch = createLauncher({
    mechanism: await findMechanism({ platform, arch, uid: ids.uid }),
    clock: systemClock,
    programs,
    openJail: identify,
    scratch,
    ids,
    quarantine: createQuarantine({ root: join(root, 'quarantine'), clock: systemClock }),
  });
  return {
    launchFor: () => launch,
    status: async () => ({ state: 'ready', mechanism: 'bwrap', checks: [], warnings: [] }),
    nodePath: process.execPath,
    programFolder: join(dirname(await builtAtom()), '..', 'dist', 'outbox'),
  };
}

/** Writes a picture anew in a folder of its own. */
export async function setDarkroom(more: Partial<PictureHost> = {}) {
  const root = mkdtempSync('/var/tmp/atom-pictures-');
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const host = { ...(await pictureHost(root)), ...more };
  const folder = join(root, 'p');
  mkdirSync(folder);
  const anew = (original: Uint8Array, most = 10_000_000) => {
    writeFileSync(join(folder, 'original'), original);
    return writeAnew(host, { folder, most }, AbortSignal.timeout(60_000));
  };
  return { root, folder, anew };
}

/** A photograph taken in Berlin with a camera of serial number 4711, as phones save them. */
export const photograph = (width = 320, height = 200): Promise<Buffer> =>
  sharp({
    create: { width, height, channels: 3, background: '#884422', noise: NOISE },
  })
    .withExif({
      IFD0: { Make: 'SecretCamera', Artist: 'Dana' },
      IFD2: { BodySerialNumber: '4711-SERIAL' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1', GPSLongitudeRef: 'E' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>XMP-OF-DANA</note></x:xmpmeta>')
    .jpeg()
    .toBuffer();

const NOISE = { type: 'gaussian', mean: 128, sigma: 30 } as const;
