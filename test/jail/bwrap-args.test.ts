import { expect, test } from 'vitest';
import { bwrapArguments, type JailProfile } from '../../src/jail/bwrap-args.ts';
import { defaultLimits } from '../../src/jail/limits.ts';

const profile: JailProfile = {
  folder: '/home/dana/work',
  mode: 'read-write',
  cwd: '/home/dana/work/site',
  argv: ['/usr/bin/git', 'status'],
  rootFolders: [{ path: '/bin', link: 'usr/bin' }, { path: '/lib64' }],
  etc: { folders: ['/etc/alternatives'], files: ['/etc/ld.so.cache'] },
  emptied: ['/usr/local/etc'],
  toolchains: ['/home/dana/.nvm/versions/node/v24'],
  readOnly: [{ host: '/srv/atom/skill.mjs', inside: '/opt/atom/skill.mjs' }],
  guards: [
    { path: '/home/dana/work/.git', how: 'pin' },
    { path: '/home/dana/work/.git/hooks', how: 'read-only' },
    { path: '/home/dana/work/.env', how: 'hide-file' },
    { path: '/home/dana/work/id_keys', how: 'hide-folder' },
  ],
  pinned: [{ path: '/home/dana/work/run.sh', bytes: Buffer.from('#!/bin/sh\n') }],
  limits: defaultLimits,
  shellLimits: false,
  features: { bindFd: true, disableUserns: true },
  uid: 1000,
  gid: 1000,
  seccomp: Buffer.from('filter'),
  gitSettings: '[user]\n',
};

test('the arguments of a read-write jail', () => {
  const { args, command } = bwrapArguments(profile);
  const lines = args.join(' ').replaceAll(' --', '\n--');
  expect(lines).toMatchInlineSnapshot(`
    "--unshare-user
    --unshare-pid
    --unshare-ipc
    --unshare-uts
    --unshare-cgroup-try
    --disable-userns
    --assert-userns-disabled
    --cap-drop ALL
    --die-with-parent
    --new-session
    --hostname atom
    --unshare-net
    --perms 0755
    --dir /etc
    --perms 0755
    --dir /home
    --ro-bind /usr /usr
    --symlink usr/bin /bin
    --ro-bind /lib64 /lib64
    --ro-bind /etc/alternatives /etc/alternatives
    --perms 0444
    --file 4 /etc/ld.so.cache
    --perms 0444
    --file 5 /etc/passwd
    --perms 0444
    --file 6 /etc/group
    --perms 0444
    --file 7 /etc/hosts
    --perms 0444
    --file 8 /etc/gitconfig
    --proc /proc
    --dev /dev
    --perms 1777
    --size 67108864
    --tmpfs /dev/shm
    --remount-ro /dev
    --perms 1777
    --size 268435456
    --tmpfs /tmp
    --perms 0700
    --size 268435456
    --tmpfs /home/atom
    --ro-bind /home/dana/.nvm/versions/node/v24 /home/dana/.nvm/versions/node/v24
    --perms 0555
    --size 4096
    --tmpfs /usr/local/etc
    --remount-ro /usr/local/etc
    --ro-bind /srv/atom/skill.mjs /opt/atom/skill.mjs
    --bind-fd 9 /home/dana/work
    --bind /home/dana/work/.git /home/dana/work/.git
    --ro-bind /home/dana/work/.git/hooks /home/dana/work/.git/hooks
    --ro-bind /dev/null /home/dana/work/.env
    --perms 0000
    --size 4096
    --tmpfs /home/dana/work/id_keys
    --perms 0555
    --ro-bind-data 10 /home/dana/work/run.sh
    --chdir /home/dana/work/site
    --seccomp 11
    --symlink /bin/sh /.start/sh"
  `);
  expect(command.join(' ')).toMatchInlineSnapshot(
    `"--args 12 --remount-ro /proc --remount-ro / -- /.start/sh -c echo >&3 && read -r go <&3 && exec "$@" 3>&- sh /usr/bin/prlimit --nproc=256:256 --nofile=1024:1024 --fsize=1073741824:1073741824 --data=4294967296:4294967296 --cpu=300:300 --core=0:0 --memlock=65536:65536 -- /usr/bin/git status"`,
  );
});

test('a shell that can set the limits of a command needs no program for it', () => {
  const { command } = bwrapArguments({ ...profile, shellLimits: true });
  expect(command.slice(command.indexOf('--') + 1)).toEqual([
    ...['/.start/sh', '-c'],
    'ulimit -p 256 && ulimit -n 1024 && ulimit -f 2097152 && ulimit -d 4194304 && ulimit -t 300 && ulimit -c 0 && ulimit -l 64 && echo >&3 && read -r go <&3 && exec "$@" 3>&-',
    ...['sh', '/usr/bin/git', 'status'],
  ]);
  const within = bwrapArguments({ ...profile, shellLimits: true, startedBy: ['/opt/atom/node'] });
  expect(within.command.join(' ')).toContain('sh /opt/atom/node /usr/bin/prlimit --nproc=256:256');
});

test('each descriptor carries what the arguments say it does', () => {
  const { args, command, fds } = bwrapArguments(profile);
  const at = (option: string) => fds[Number(args[args.indexOf(option) + 1]) - 3];
  expect(at('--bind-fd')).toEqual({ kind: 'folder' });
  expect(at('--seccomp')).toEqual({ kind: 'data', bytes: profile.seccomp });
  const list = fds[Number(command[1]) - 3];
  expect(list).toEqual({ kind: 'data', bytes: Buffer.from(`${args.join('\0')}\0`) });
});

test('a read-only jail is bound read-only, with or without a descriptor', () => {
  const readOnly = { ...profile, mode: 'read-only' as const };
  expect(bwrapArguments(readOnly).args).toContain('--ro-bind-fd');
  const features = { bindFd: false, disableUserns: false };
  const old = bwrapArguments({ ...readOnly, features, guards: [] }).args.join(' ');
  expect(old).toContain('--ro-bind /home/dana/work /home/dana/work');
  expect(old).not.toMatch(/-fd \d+ \/|disable-userns|--bind /);
});
