import { writeFile } from 'node:fs/promises';
import { AtomError } from '../../base/errors.ts';
import { qrPng } from '../../base/qr.ts';

/**
 * Writes a QR code that nobody else may read, over no file that is there. Throws AtomError `failed` where
 * it cannot.
 */
export async function writePicture(file: string, setupCode: string): Promise<void> {
  try {
    await writeFile(file, await qrPng(setupCode), { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new AtomError('failed', `The picture could not be written to ${file}.`, {
      cause,
      next: ['Name a file that is not there yet, in a folder that is:   --png code.png'],
    });
  }
}
