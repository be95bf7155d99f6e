import { createKeptFile } from '../../src/jail/kept-file.ts';

// Run as a process of its own by a test, on a disk of 64 kB: says what was kept of a megabyte.
const file = createKeptFile(process.argv[2] ?? '');
for (let i = 0; i < 16; i++) {
  const ready = new Promise<void>((resolve) => file.onReady(resolve));
  if (!file.write(Buffer.alloc(64 * 1024, 97))) await ready;
}
process.stdout.write(JSON.stringify(await file.end()));
