import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { allGone } from '../../../src/jail/quarantine/all-gone.ts';

test('nothing is judged while the first process of a jail is alive, and at once when it is gone', async () => {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  let gone = false;
  const waiting = allGone(child.pid).then(() => {
    gone = true;
  });
  await new Promise(setImmediate);
  expect(gone).toBe(false);
  child.kill('SIGKILL');
  await waiting;
  await allGone(child.pid);
  await allGone(undefined);
});
