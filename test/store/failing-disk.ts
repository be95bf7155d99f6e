// fiu-run -x -f <pipes> node failing-disk.ts <database> <pipes> once|always <last row>: writes a row in each
// transaction, and from the fifth on the disk cannot flush, once or always. Prints of each row whether it was
// told to stand, and dies after the last with the log still there, as in a crash.
import { spawnSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { openStore } from '../../src/store/open.ts';

const [file = '', pipes = '', failing = '', last = ''] = process.argv.slice(2);
const FLUSH = 'posix/io/sync/fsync';

const store = await openStore({ file });
await store.run('CREATE TABLE written(n INTEGER) STRICT');
// Somebody who reads at the same time, as `atom status` may: the log is not put away when it is opened anew.
const reader = new Database(file, { readonly: true });
reader.prepare('SELECT count(*) FROM written').get();
for (let n = 0; n <= Number(last); n++) {
  if (n === 5) ask(failing === 'once' ? `enable name=${FLUSH},onetime` : `enable name=${FLUSH}`);
  const told = await store.run('INSERT INTO written VALUES($1)', n).then(
    () => 'stands',
    (error: unknown) => `failed ${String(error)}`,
  );
  writeSync(1, `${n} ${told}\n`);
}
process.kill(process.pid, 'SIGKILL');

function ask(command: string): void {
  const { LD_PRELOAD: _, ...env } = process.env;
  const { status, stderr } = spawnSync(
    'fiu-ctrl',
    ['-f', pipes, '-c', command, String(process.pid)],
    {
      env,
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
}
