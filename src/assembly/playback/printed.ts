import { open } from 'node:fs/promises';
import { systemCode } from '../../base/errors.ts';
import { terminalText } from '../../base/terminal-text.ts';
import type { EndedStep } from '../../domain/playback.ts';
import { outputFile } from '../../jail/output-folder.ts';

type Printed = NonNullable<EndedStep['printed']>;

/** As much of the beginning, and of the end. */
const PART_BYTES = 32_768;

/** What a run printed, as a terminal would show it; undefined where nothing of it is kept. */
export async function printedBy(folder: string, run: string): Promise<Printed | undefined> {
  const file = await open(outputFile(folder, run)).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return undefined;
  const read = async (from: number, length: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
    return buffer.subarray(0, bytesRead);
  };
  try {
    const { size } = await file.stat();
    if (size === 0) return undefined;
    if (size <= 2 * PART_BYTES) return { text: textOf(await read(0, size)), bytes: size };
    const begin = textOf(await read(0, PART_BYTES));
    const end = textOf(await read(size - PART_BYTES, PART_BYTES));
    const left = `… ${size - 2 * PART_BYTES} bytes left out …`;
    return { text: `${begin}\n${left}\n${end}`, bytes: size };
  } finally {
    await file.close();
  }
}

const textOf = (bytes: Buffer): string =>
  bytes.includes(0) ? '(binary)' : terminalText(bytes.toString('utf8'));
