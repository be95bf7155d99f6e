import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { cpSync, linkSync, mkdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';

/** What every secret begins with, and what attempts print that reached something. */
export const CANARY = 'CANARY-';

/**
 * Everything around one attempt: a home with secrets, a jail in it, servers and a process to reach. A
 * script in the jail reads `.x/names`, which sets `S` to a secret, `H` to the home, `J` to the jail, `P`
 * to a port, `V` and `G` to processes of the host, `L` to its address and `N` to its process namespace.
 */
export interface Ground {
  readonly root: string;
  readonly home: string;
  readonly jail: string;
  /** Which of the servers were reached. */
  reached(): readonly string[];
  victimLives(): boolean;
  close(): Promise<void>;
}

/** The repository and files of every jail, made once: `template` is where, `programs` what goes to `.x`. */
export function makeTemplate(template: string, programs: string | undefined): void {
  mkdirSync(template);
  const put = (path: string, text: string): void => {
    mkdirSync(join(template, path, '..'), { recursive: true });
    writeFileSync(join(template, path), text, { mode: 0o755 });
  };
  put('package.json', '{"name":"proj","scripts":{"hello":"echo world"}}\n');
  put('s.sh', '#!/bin/sh\necho GOOD\n');
  put('.vscode/settings.json', '{}\n');
  put('node_modules/.bin/eslint', '#!/bin/sh\n');
  const env = { PATH: '/usr/bin:/bin', HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' };
  const git = (...words: string[]): void =>
    void execFileSync('/usr/bin/git', words, { cwd: template, env, stdio: 'ignore' });
  git('init', '-q', '--template=');
  for (const folder of ['hooks', 'info']) mkdirSync(join(template, '.git', folder));
  git('add', 'package.json', 's.sh');
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'init');
  put('.env', `TOKEN=${CANARY}ENV\n`);
  if (programs !== undefined) cpSync(programs, join(template, '.x'), { recursive: true });
}

/** Lays out one ground below `root`, which does not exist yet. */
export async function layGround(root: string, template: string): Promise<Ground> {
  const home = join(root, 'home');
  const jail = join(home, 'proj');
  for (const folder of ['.ssh', '.config/atom', 'victimdir'])
    mkdirSync(join(home, folder), { recursive: true });
  for (const secret of ['.ssh/id_rsa', '.config/atom/secrets.json', '.bash_history'])
    writeFileSync(join(home, secret), `${CANARY}SECRET of the owner\n`);
  cpSync(template, jail, { recursive: true });
  writeFileSync(join(root, 'linked'), 'before\n');
  linkSync(join(root, 'linked'), join(jail, 'hl.txt'));
  const hits: string[] = [];
  const servers = await openServers(jail, hits);
  const victim = spawn('/bin/sleep', ['300'], { detached: true, stdio: 'ignore' });
  const names = {
    S: join(home, '.ssh/id_rsa'),
    H: home,
    J: jail,
    P: servers.port,
    G: process.pid,
    V: victim.pid,
    N: readlinkSync('/proc/self/ns/pid'),
    L: lanAddress(),
  };
  mkdirSync(join(jail, '.x'), { recursive: true });
  const set = Object.entries(names).map(([name, value]) => `${name}='${value}'\n`);
  writeFileSync(join(jail, '.x/names'), set.join(''));
  return {
    root,
    home,
    jail,
    reached: () => hits,
    victimLives: () => victim.exitCode === null && victim.signalCode === null,
    close: async () => {
      await end(victim);
      await servers.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** An address of this machine that others see, or its loopback address where it has none. */
export const lanAddress = (): string =>
  Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';

async function openServers(jail: string, hits: string[]) {
  const open = (name: string, how: object): Promise<Server> => {
    const server = createServer((socket) => {
      hits.push(name);
      socket.on('error', () => undefined).end(`${CANARY}SERVED`);
    });
    return new Promise((resolve, reject) => {
      server.once('error', reject).listen(how, () => resolve(server));
    });
  };
  const tcp = await open('a port of this machine', { port: 0, host: '0.0.0.0' });
  const { port } = tcp.address() as { readonly port: number };
  const udp = createSocket('udp4', () => hits.push('a UDP port of this machine'));
  await new Promise<void>((resolve) => udp.bind(port, resolve));
  const unix = [
    await open('a socket in the jail', { path: join(jail, 'daemon.sock') }),
    await open('an abstract socket', { path: `\0atom-canary-${port}` }),
  ];
  return {
    port,
    close: async (): Promise<void> => {
      udp.close();
      for (const server of [tcp, ...unix]) server.close();
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
