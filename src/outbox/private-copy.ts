import { join, parse } from 'node:path';
import type { SendingFile } from '../domain/sending-file.ts';
import { type PictureHost, writeAnew } from './pictures/write-anew.ts';

/** A file as it goes out, alone in a folder. */
export interface PrivateCopy extends Pick<SendingFile, 'name' | 'type' | 'bytes'> {
  readonly path: string;
}

interface Copying {
  readonly file: SendingFile;
  readonly folder: string;
  /** In bytes. */
  readonly most: number;
}

/** Copies a file into a folder of its own; a picture is written anew there. Throws as both of these do. */
export async function privateCopy(
  pictures: PictureHost,
  { file, folder, most }: Copying,
  signal: AbortSignal,
): Promise<PrivateCopy> {
  const original = join(folder, 'original');
  await file.copyTo(original);
  if (file.kind !== 'image') {
    const { name, type, bytes } = file;
    return { path: original, name, type, bytes };
  }
  const anew = await writeAnew(pictures, { folder, most }, signal);
  return { ...anew, name: `${parse(file.name).name}${parse(anew.path).ext}` };
}
