import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeScene, type Scene, SECRET } from './scene.ts';

/**
 * Real attempts. `$S` is a secret file outside, `$H` the home around the jail, `$J` the jail, `$P` a
 * listening port of this machine, `$G` the gateway's process and `$V` another one, `$N` their process
 * namespace. Printing the secret or BROKEN is a break.
 */
const escapes: readonly (readonly [name: string, script: string])[] = [
  ['a secret by its absolute path', 'cat $S'],
  [
    'the password file of the system',
    'grep -v "^\\(root\\|atom\\|nobody\\):" /etc/passwd && echo BROKEN; cat /etc/shadow && echo BROKEN',
  ],
  ['a secret by ..', 'cat ../.ssh/id_rsa'],
  ['a link to the secret', 'ln -sfn $S l && cat l'],
  ['a link to the home folder', 'ln -sfn $H d && cat d/.ssh/id_rsa'],
  ['its own root through /proc', 'cat /proc/self/root$S'],
  ['the root of the first process', 'cat /proc/1/root$S; ls /proc/1/root/oldroot && echo BROKEN'],
  [
    'folders of other processes',
    'for p in /proc/[0-9]*; do cat $p/root$S $p/cwd/../.ssh/id_rsa; done',
  ],
  ['following links with tar', 'ln -sfn $S l2; tar -chf - l2 | tar -xOf -'],
  [
    'a raw disk',
    'for d in /dev/vda /dev/sda /dev/nvme0n1; do dd if=$d of=/dev/null bs=512 count=1 && echo BROKEN; done',
  ],
  ['a hidden .env', 'cat .env; cat /proc/self/root$J/.env; cat $J/../work/.env'],
  ['a hidden .env by moving it', 'mv .env e && cat e; cp .env f && cat f; ln .env g && cat g'],
  ['a hidden key', 'cat server.pem id_deploy'],
  [
    'other folders of the system',
    'ls -A /root /boot /var/lib /var/log /run /mnt /media /srv /sys | grep . && echo BROKEN',
  ],
  ['the environment of the gateway', 'env | grep -E "OWNER|TOKEN|SSH|npm_" && echo BROKEN'],
  ['writing above the jail', 'echo x > ../pwned; echo x > $H/pwned'],
  ['writing through a link', 'ln -sfn $H d; echo x > d/pwned'],
  ['writing through /proc', 'echo x > /proc/self/root$H/pwned; echo x > /proc/1/root$H/pwned'],
  [
    'kernel settings',
    '(: >> /proc/sys/kernel/core_pattern) && echo BROKEN; (: >> /proc/sysrq-trigger) && echo BROKEN',
  ],
  [
    'mounting',
    'mount -o remount,rw,bind /usr && echo BROKEN; mount --bind . /usr && echo BROKEN; mount -t tmpfs x /tmp && echo BROKEN',
  ],
  ['programs of the system', 'echo x >> /usr/bin/env && echo BROKEN; touch /usr/x && echo BROKEN'],
  [
    'a set-uid program',
    'cp /bin/true s; chmod 4755 s && echo BROKEN; install -m 6755 /bin/true s2 && echo BROKEN; true',
  ],
  [
    'a set-uid program by perl',
    'perl -MFcntl -e "sysopen(F,q(s3),O_CREAT|O_WRONLY,04755) and print q(BROKEN)"',
  ],
  ['a port of this machine', 'bash -c "exec 3<>/dev/tcp/127.0.0.1/$P && echo BROKEN"'],
  [
    'a port of this machine by python',
    "python3 -c \"import socket; socket.create_connection(('127.0.0.1', $P), 1); print('BROKEN')\"",
  ],
  [
    'sending UDP',
    "python3 -c \"import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.2', 53)); print('BROKEN')\"",
  ],
  [
    'a unix socket in the jail',
    "python3 -c \"import socket; socket.socket(socket.AF_UNIX).connect('daemon.sock'); print('BROKEN')\"",
  ],
  [
    'setting up the network',
    'ip link add dummy0 type dummy && echo BROKEN; ip route add default via 192.0.2.1 && echo BROKEN',
  ],
  // Tried only where the processes are the jail's own: otherwise it would take this machine down.
  [
    'killing everything',
    'case "$(readlink /proc/self/ns/pid)" in "$N"|"") echo BROKEN;; pid:*) kill -9 -1;; esac',
  ],
  ['killing a process of the owner', 'kill -9 $V && echo BROKEN; kill -9 -$V && echo BROKEN'],
  [
    'memory of other processes',
    'dd if=/proc/$G/mem bs=1 count=1 && echo BROKEN; dd if=/proc/1/mem bs=1 count=1 skip=4194304 && echo BROKEN',
  ],
  [
    'tracing a process',
    "python3 -c \"import ctypes; l=ctypes.CDLL(None); print('BROKEN' if l.ptrace(0,0,0,0)==0 else 'no')\"",
  ],
  ['becoming root', 'sudo -n id && echo BROKEN; pkexec id && echo BROKEN'],
  ['a user namespace', 'unshare -U true && echo BROKEN; unshare -Urm true && echo BROKEN'],
  [
    'namespaces of the first process',
    'for n in user mnt net pid; do nsenter --$n=/proc/1/ns/$n true && echo BROKEN; done',
  ],
  ['changing its root', 'perl -e "chroot(q(/proc/1/root)) and print q(BROKEN)"'],
  ['control groups', 'mkdir /sys/fs/cgroup/memory/x && echo BROKEN'],
  ['a hook of git', 'echo evil > .git/hooks/pre-commit && echo BROKEN'],
  [
    'the settings of git',
    'git config core.fsmonitor evil && echo BROKEN; echo evil >> .git/config && echo BROKEN',
  ],
  [
    'moving .git away',
    'mv .git .git2 && echo BROKEN; rm -rf .git/hooks; test -d .git/hooks || echo BROKEN',
  ],
  [
    'tasks of an editor',
    'echo evil > .vscode/tasks.json && echo BROKEN; mv .vscode v && echo BROKEN',
  ],
  ['workflows', 'echo evil > .github/workflows/ci.yml && echo BROKEN; mv .github g && echo BROKEN'],
  ['find -exec', 'find . -maxdepth 0 -exec cat $S \\;'],
  ['tar actions', 'tar cf /dev/null package.json --checkpoint=1 --checkpoint-action=exec="cat $S"'],
  ['a renamed program', 'cp /bin/cat ./ls && ./ls $S'],
  ['an interactive shell', 'bash -c "cat $S"; sh -i -c "cat $S"; script -qc "cat $S" /dev/null'],
];

describe('a command in a jail cannot reach', () => {
  let scene: Scene;
  let port: number;
  let unixSocket: Server;
  let reached = false;
  let victim: ChildProcess;
  const tcp = createServer((socket) => {
    reached = true;
    socket.destroy();
  });

  beforeAll(async () => {
    scene = await makeScene();
    const { folder } = scene.jail;
    for (const dir of ['.git/hooks', '.git/objects', '.vscode', '.github/workflows'])
      mkdirSync(join(folder, dir), { recursive: true });
    writeFileSync(join(folder, '.git/config'), '[core]\n\trepositoryformatversion = 0\n');
    writeFileSync(join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
    mkdirSync(join(folder, '.git/refs'));
    writeFileSync(join(folder, 'package.json'), '{}\n');
    for (const name of ['.env', 'server.pem', 'id_deploy'])
      writeFileSync(join(folder, name), SECRET);
    process.env.OWNER_TOKEN = SECRET;
    // A number that no process of the jail has, and a group of its own.
    victim = spawn('/bin/sleep', ['120'], { detached: true, stdio: 'ignore' });
    port = await new Promise((resolve) => {
      tcp.listen(0, '127.0.0.1', () => resolve((tcp.address() as { port: number }).port));
    });
    unixSocket = createServer(() => {
      reached = true;
    });
    await new Promise<void>((resolve) => {
      unixSocket.listen(join(folder, 'daemon.sock'), resolve);
    });
  });

  afterAll(() => {
    delete process.env.OWNER_TOKEN;
    victim.kill('SIGKILL');
    tcp.close();
    unixSocket.close();
    scene.remove();
  });

  test.each(escapes)('%s', async (_name, script) => {
    const places = {
      S: scene.secret,
      H: scene.home,
      J: scene.jail.folder,
      P: port,
      G: process.pid,
      V: victim.pid,
      N: readlinkSync('/proc/self/ns/pid'),
    };
    const set = Object.entries(places).map(([name, value]) => `${name}='${value}'`);
    const git = readFileSync(join(scene.jail.folder, '.git/config'), 'utf8');
    const { stdout, stderr } = await scene.sh(`${set.join('; ')}\n${script}`);
    expect(stdout + stderr.replaceAll(/^.*line \d+:.*$/gm, '')).not.toMatch(/BROKEN|CANARY/);
    expect(readdirSync(scene.home).sort()).toEqual(['.ssh', 'work']);
    expect(readFileSync(scene.secret, 'utf8')).toBe(SECRET);
    expect(readFileSync(join(scene.jail.folder, '.git/config'), 'utf8')).toBe(git);
    expect(existsSync(join(scene.jail.folder, '.git/hooks/pre-commit'))).toBe(false);
    expect(reached).toBe(false);
    expect(victim.exitCode ?? victim.signalCode).toBeNull();
  });

  test('anything, while the same attempts do work outside', async () => {
    // Without this, a typing error in the table would look like a jail that holds.
    const out = await scene.sh('cat package.json; echo x > inside && cat inside');
    expect(out).toMatchObject({ ending: { kind: 'exit', code: 0 }, stdout: '{}\nx\n' });
  });
});

test('a read-only jail cannot be changed', async () => {
  const scene = await makeScene('read-only');
  writeFileSync(join(scene.jail.folder, 'notes'), 'kept');
  const out = await scene.sh('cat notes; echo x > notes; rm -f notes; touch new');
  expect(out.stdout).toBe('kept');
  expect(readdirSync(scene.jail.folder)).toEqual(['notes']);
  expect(readFileSync(join(scene.jail.folder, 'notes'), 'utf8')).toBe('kept');
  scene.remove();
});

describe('what is hidden stays hidden', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await makeScene();
    for (const path of ['api/v1/.env', 'a/b/c/d/e/f/id_rsa']) {
      mkdirSync(join(scene.jail.folder, path, '..'), { recursive: true });
      writeFileSync(join(scene.jail.folder, path), SECRET);
    }
  });
  afterAll(() => scene.remove());

  test.each([
    'cat api/v1/.env a/b/c/d/e/f/id_rsa; grep -r CANARY .',
    'mkdir -p node_modules x/.git; mv api node_modules/; mv a x/.git/; grep -r CANARY .',
    'mv api/v1 node_modules/v1; cp -r api/v1 copy; ln api/v1/.env hard; grep -r CANARY .',
    'cat node_modules/api/v1/.env node_modules/v1/.env x/.git/a/b/c/d/e/f/id_rsa copy/.env hard',
  ])('however deep, one command after the other: %s', async (script) => {
    expect((await scene.sh(script)).stdout).not.toContain('CANARY');
    const jail = { ...scene.jail, mode: 'read-only' as const };
    expect((await scene.sh(script, { jail })).stdout).not.toContain('CANARY');
  });
});

test('settings of the machine below /usr/local are not shown', async () => {
  const scene = await makeScene();
  const { stdout } = await scene.sh('ls -A /usr/local/etc; grep " /usr/local/etc " /proc/mounts');
  if (existsSync('/usr/local/etc')) expect(stdout).toMatch(/^tmpfs \/usr\/local\/etc tmpfs ro,/);
  scene.remove();
});

test.each(['pinned', 'missing', 'folder'])(
  'nothing is mounted through a link or made where nothing is: %s',
  async (how) => {
    const scene = await makeScene();
    const { folder } = scene.jail;
    const victim = join(scene.home, 'victim');
    mkdirSync(victim);
    symlinkSync(how === 'folder' ? victim : `/oldroot${victim}`, join(folder, 'sub'));
    const path = join(folder, how === 'missing' ? 'gone.sh' : 'sub/run.sh');
    const more =
      how === 'folder'
        ? { cwd: join(folder, 'sub') }
        : { pinned: [{ path, bytes: Buffer.from('') }] };
    await expect(scene.run(['true'], more)).rejects.toMatchObject({ code: 'blocked' });
    expect([readdirSync(victim), readdirSync(folder)]).toEqual([[], ['sub']]);
    scene.remove();
  },
);
