import { type Env, readColorWish, readEnv } from '../config/env.ts';
import { reportFailure } from './out/failure.ts';
import { leaveWhereLost } from './out/lost-output.ts';
import { hasColor } from './out/out.ts';
import { wantsPlain } from './out/plain.ts';

/** Does what one command line asks for and ends the process with its exit code. */
export async function runLine(
  argv: readonly string[],
  run: (env: Env) => Promise<number>,
): Promise<void> {
  leaveWhereLost((failure) => reportFailure(failure, failureStyle(argv)));
  const code = await codeOf(argv, run);
  // What is done is done: neither an open terminal nor a failed start may keep the process here.
  await Promise.all([process.stdout, process.stderr].map(flushed));
  process.exit(code);
}

/** Not by writing where nothing is left to: even that fails on a disk that is full. A failure is told within the turn. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (stream.writableLength === 0) setImmediate(resolve);
    else stream.write('', () => resolve());
  });

async function codeOf(
  argv: readonly string[],
  run: (env: Env) => Promise<number>,
): Promise<number> {
  try {
    return await run(readEnv());
  } catch (thrown) {
    return reportFailure(thrown, failureStyle(argv));
  }
}

/** A mistake on the command line is reported before it was understood, so the flags are looked for as text. */
function failureStyle(argv: readonly string[]) {
  const plain = wantsPlain(argv);
  const wish = readColorWish();
  const color = hasColor(
    { color: argv.includes('--no-color') ? 'never' : wish, term: '' },
    { color: 'auto', plain },
    process.stderr,
  );
  const json = argv.includes('--json') || argv.includes('--json-logs');
  return { json, plain, colors: color ? 'either' : 'none' } as const;
}
