import { readEnv } from '../config/env.ts';
import { reportFailure } from './out/failure.ts';
import { hasColor } from './out/out.ts';
import { packageVersion } from './version.ts';

/** Runs one command line and ends the process with its exit code. The question for the version loads nothing else. */
export async function main(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  leaveQuietlyWhenNobodyReads();
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`${packageVersion()}\n`);
    return;
  }
  const code = await run(argv);
  // What is done is done: neither an open terminal nor a failed start may keep the process here.
  await Promise.all([process.stdout, process.stderr].map(flushed));
  process.exit(code);
}

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => resolve());
  });

async function run(argv: readonly string[]): Promise<number> {
  try {
    const env = readEnv();
    const { runProgram } = await import('./program.ts');
    return await runProgram(env, argv);
  } catch (thrown) {
    return reportFailure(thrown, failureStyle(argv));
  }
}

/** A mistake on the command line is reported before it was understood, so the flags are looked for as text. */
function failureStyle(argv: readonly string[]) {
  const plain = argv.includes('--plain');
  const color = hasColor(
    { color: argv.includes('--no-color') ? 'never' : 'auto', term: '' },
    { color: 'auto', plain },
    process.stderr,
  );
  const json = argv.includes('--json') || argv.includes('--json-logs');
  return { json, plain, color };
}

function leaveQuietlyWhenNobodyReads(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
}
