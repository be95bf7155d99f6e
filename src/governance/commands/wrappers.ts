import type { CommandRule, Runs } from './command-rule.ts';
import { beyond, change, look, lose } from './rule.ts';

const rest: Runs = { how: 'rest' };
const starts = 'starts another program';

/** Programs that do nothing but start another, which is weighed as well. */
export const wrappers: readonly CommandRule[] = [
  look('env genv', 'shows variables', {
    leading: {
      flags: '- -i -0 -v --ignore-environment --null --debug',
      valued: '-u -C --unset --chdir',
    },
    runs: { how: 'rest', assignments: true },
    match: ['env', 'env ls', 'env A=1 ls', 'env -i -u B cat a', 'env A=1'],
    notMatch: [
      'env rm a',
      'env PATH=/tmp/x ls',
      'env LD_PRELOAD=x ls',
      'env -S ls',
      'env -iSls',
      'env GIT_PAGER=x git log',
      'env --split-string=ls',
      'env -C / rm a',
    ],
  }),
  look('nice gnice', starts, {
    leading: { flags: '-#', valued: '-n --adjustment' },
    runs: rest,
    match: ['nice ls', 'nice -n 5 ls', 'nice -n5 ls', 'nice -10 ls'],
    notMatch: ['nice rm a', 'nice -n 5 sh -c id', 'nice --odd ls'],
  }),
  look('nohup', starts, { runs: rest, match: ['nohup ls'], notMatch: ['nohup rm a'] }),
  look('timeout gtimeout', starts, {
    leading: {
      flags: '-f -p -v --foreground --preserve-status --verbose',
      valued: '-k -s --kill-after --signal',
    },
    runs: { how: 'rest', operands: 1 },
    match: ['timeout 5 ls', 'timeout -k 1 5s ls', 'timeout --signal=KILL 5 ls'],
    notMatch: ['timeout 5 rm a', 'timeout -s KILL 5 git push'],
  }),
  look('stdbuf gstdbuf', starts, {
    leading: { valued: '-i -o -e --input --output --error' },
    runs: rest,
    match: ['stdbuf -oL grep x'],
    notMatch: ['stdbuf -o0 rm a'],
  }),
  look('setsid', starts, {
    leading: { flags: '-c -f -w --ctty --fork --wait' },
    runs: rest,
    match: ['setsid ls', 'setsid -f ls'],
    notMatch: ['setsid sh -c id'],
  }),
  look('time', 'measures another program', {
    leading: { flags: '-p -v -a -q -l --portability --verbose', valued: '-f --format' },
    runs: rest,
    match: ['time ls', 'time -p ls'],
    notMatch: ['time rm a', 'time -o x ls'],
  }),
  look('ionice chrt taskset numactl setarch linux32 linux64 i386 x86_64 caffeinate', starts, {
    leading: {
      flags: '-t -a -b -f -i -o -r -R -d -m -s -u',
      valued: '-c -n -N --class --classdata',
    },
    runs: rest,
    match: ['ionice -c 3 ls', 'caffeinate -i ls'],
    notMatch: ['ionice -c 3 rm a', 'ionice -p 1', 'taskset 1 rm a'],
  }),
  look('command', starts, {
    leading: { flags: '-p -v -V' },
    runs: { how: 'rest', asks: '-v -V' },
    match: ['command ls', 'command -v rm', 'command -V rm'],
    notMatch: ['command rm a'],
  }),
  look('builtin', starts, { runs: rest, match: ['builtin echo a'], notMatch: ['builtin eval id'] }),
  look('exec', starts, {
    leading: { flags: '-c -l', valued: '-a' },
    runs: rest,
    match: ['exec ls'],
    notMatch: ['exec rm a', 'exec -a x git push'],
  }),
  look('coproc !', starts, {
    runs: rest,
    match: ['coproc ls', '! grep x a'],
    notMatch: ['coproc rm a'],
  }),
  look('busybox toybox', 'runs one of its programs', {
    leading: { flags: '--list' },
    runs: rest,
    match: ['busybox ls', 'busybox --list'],
    notMatch: ['busybox sh -c id', 'busybox wget x', 'busybox --install'],
  }),
  change('flock', 'makes a lock', {
    leading: {
      flags:
        '-s -x -e -u -n -F -o --shared --exclusive --unlock --nonblock --nb --no-fork --close --verbose',
      valued: '-w -E --timeout --wait --conflict-exit-code',
    },
    runs: { how: 'rest', operands: 1 },
    match: ['flock l ls', 'flock -n l ls'],
    notMatch: ['flock l rm a', 'flock l -c id', 'flock /etc/l ls'],
  }),
  lose(
    'strace ltrace truss dtruss valgrind perf gdb lldb rr heaptrack faketime unbuffer rlwrap catchsegv xvfb-run prlimit cpulimit proot fakeroot fakechroot',
    'runs another program and looks into it',
    {
      runs: rest,
      match: ['strace ls', 'fakeroot ls'],
      notMatch: ['strace -o a ls', 'gdb -ex x', 'valgrind git push'],
    },
  ),
  beyond(
    'sudo doas su pkexec run0 gosu su-exec runuser setpriv capsh sg newgrp dzdo calife',
    'acts as another user',
    {
      leading: {
        flags:
          '-A -b -E -H -i -k -K -l -n -P -S -s -V -v - -m -p --login --non-interactive --preserve-env --stdin',
        valued: '-u -g -C -D -h -R -r -T -t -U --user --group --chdir',
      },
      runs: { how: 'rest', assignments: true },
      match: ['sudo ls', 'sudo -u x ls', 'sudo -l', 'su', 'doas rm a'],
      notMatch: [],
    },
  ),
  beyond(
    'chroot unshare nsenter bwrap firejail systemd-run systemd-nspawn start-stop-daemon machinectl lxc-attach lxc-execute schroot pivot_root switch_root daemonize dbus-run-session',
    'runs a program elsewhere than in this jail',
    {
      runs: rest,
      match: ['chroot / ls', 'nsenter --target 1 --mount /bin/sh', 'systemd-run ls'],
      notMatch: [],
    },
  ),
  beyond(
    'watch entr script scriptreplay expect autoexpect screen tmux zellij dtach abduco at batch hyperfine nodemon watchexec reflex systemd-cat ssh-agent',
    'runs lines for a shell, or later',
    {
      match: ['watch rm a', 'script -c id', 'at now', 'tmux new -d id'],
      notMatch: ['watch --version'],
    },
  ),
];
