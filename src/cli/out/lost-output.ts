import { AtomError } from '../../base/errors.ts';

/**
 * Ends the process once what it prints reaches nobody: quietly where nobody reads any more (`| head`), with
 * `tell` and the exit code it returns where stdout cannot be written. Words that stderr does not take stop nothing.
 */
export function leaveWhereLost(tell: (failure: AtomError) => number): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') process.exit(0);
      if (stream === process.stdout) process.exit(tell(unwritable(code)));
    });
}

const unwritable = (code = 'unknown'): AtomError =>
  new AtomError('failed', `What this prints cannot be written (${code}).`, {
    next: ['Make room there, or print elsewhere.'],
  });
