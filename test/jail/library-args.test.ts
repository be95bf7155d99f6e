import { expect, test } from 'vitest';
import { libraryArguments } from '../../src/jail/library-args.ts';

test('a jail for a library shares the network and shows its code, the system and nothing else', () => {
  const { command, fds } = libraryArguments({
    argv: ['/opt/node', '--permission', '/srv/atom/dist/channels/whatsapp.mjs'],
    rootFolders: [{ path: '/bin', link: 'usr/bin' }],
    etc: { folders: ['/etc/ssl/certs'], files: ['/etc/resolv.conf'] },
    emptied: ['/usr/local/etc'],
    features: { bindFd: true, disableUserns: true },
    seccomp: Buffer.from('filter'),
    shown: ['/srv/atom/dist/channels', '/opt/node'],
  });
  expect(command.join(' ').replaceAll(' --', '\n--')).toMatchInlineSnapshot(`
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
    --perms 0755
    --dir /etc
    --perms 0755
    --dir /home
    --ro-bind /usr /usr
    --symlink usr/bin /bin
    --ro-bind /etc/ssl/certs /etc/ssl/certs
    --perms 0444
    --file 5 /etc/resolv.conf
    --proc /proc
    --dev /dev
    --remount-ro /dev
    --dir /tmp
    --perms 0555
    --size 4096
    --tmpfs /usr/local/etc
    --remount-ro /usr/local/etc
    --ro-bind /srv/atom/dist/channels /srv/atom/dist/channels
    --ro-bind /opt/node /opt/node
    --chdir /
    --seccomp 6
    --remount-ro /proc
    --remount-ro /
    -- /opt/node
    --permission /srv/atom/dist/channels/whatsapp.mjs"
  `);
  expect(fds.map(({ kind }) => kind)).toEqual(['pipe', 'channel', 'file', 'data']);
});
