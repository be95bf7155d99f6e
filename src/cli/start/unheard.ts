/**
 * From here on nothing that cannot be printed ends the process, as it ends any other command: a gateway works on
 * where nobody listens or the disk is full, and has a log file of its own.
 */
export function workOnUnheard(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.removeAllListeners('error').on('error', () => undefined);
}
