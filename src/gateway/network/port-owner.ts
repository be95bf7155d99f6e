import { readdir, readFile, readlink } from 'node:fs/promises';
import { programName, type ShownProcess } from './program-name.ts';

/** Who listens on a port of this machine, in words (`nginx, pid 4711`), where the system shows it. */
export async function portOwner(port: number): Promise<string | undefined> {
  const sockets = await listeners(port);
  if (sockets.size === 0) return undefined;
  for (const pid of (await quiet(readdir('/proc'))) ?? [])
    if (/^\d+$/.test(pid) && (await holds(pid, sockets)))
      return `${programName(await shown(pid))}, pid ${pid}`;
  return undefined;
}

async function shown(pid: string): Promise<ShownProcess> {
  const [comm = '', cmdline = '', environ = ''] = await Promise.all(
    ['comm', 'cmdline', 'environ'].map((name) => quiet(readFile(`/proc/${pid}/${name}`, 'utf8'))),
  );
  return { comm, cmdline, environ };
}

/** What `/proc/<pid>/fd` calls the sockets that listen there (proc_net_tcp(5): state 0A, the tenth field). */
async function listeners(port: number): Promise<ReadonlySet<string>> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => quiet(readFile(file, 'utf8'))),
  );
  const rows = tables.flatMap((table) => (table ?? '').split('\n'));
  const fields = rows.map((row) => row.trim().split(/\s+/));
  const listening = fields.filter(
    ([, local, , state]) => local?.endsWith(`:${hex}`) && state === '0A',
  );
  return new Set(listening.map((row) => `socket:[${row[9]}]`));
}

async function holds(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  for (const fd of (await quiet(readdir(`/proc/${pid}/fd`))) ?? [])
    if (sockets.has((await quiet(readlink(`/proc/${pid}/fd/${fd}`))) ?? '')) return true;
  return false;
}

/** Another's process, one that has just ended, a system without it: all the same here. */
const quiet = <T>(look: Promise<T>): Promise<T | undefined> => look.catch(() => undefined);
