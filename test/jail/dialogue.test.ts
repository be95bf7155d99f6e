import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { SpokenWith } from '../../src/domain/jail.ts';
import { limitsAt } from '../../src/domain/jail-limits.ts';
import { runProcess } from '../../src/jail/run-process.ts';

it('says when a process has taken what it is told, or is gone', async () => {
  const events: string[] = [];
  const speak = async (process: SpokenWith): Promise<void> => {
    // More than a pipe holds, to a program that reads nothing.
    const told = process.write('x'.repeat(4_000_000)).then(() => events.push('taken'));
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
    events.push('ended');
    process.end('stopped');
    await told;
    await process.write('late');
  };
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = await runProcess(
    {
      file: '/bin/sleep',
      args: ['60'],
      env: {},
      cwd: tmpdir(),
      fds: [],
      folderFd: undefined,
      stdin: undefined,
      watchFolder: undefined,
      clock: systemClock,
      limits: limitsAt({}, 'intern'),
      dialogue: { open: (process) => resolve(speak(process)), take: () => undefined },
    },
    AbortSignal.timeout(60_000),
    { onUpdate: () => undefined, file: undefined },
  );
  await promise;
  expect(end.killed).toBe('stopped');
  expect(events).toEqual(['ended', 'taken']);
});
