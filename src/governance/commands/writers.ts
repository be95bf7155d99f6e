import type { CommandRule } from './command-rule.ts';
import { beyond, change, loads, lose, runs } from './rule.ts';

/** Bits that let a program act as somebody else. */
const TRUST = /^(?=.{1,40}$)[-ugoa,+=rwxXst]*[+=][rwxXt]*s|^0*[2-7]\d{3}$/;

/** Programs that change files. */
export const writers: readonly CommandRule[] = [
  change('mkdir mkfifo', 'makes folders', {
    match: ['mkdir -p a/b', 'mkdir -m 700 a'],
    notMatch: ['mkdir /etc/x', 'mkdir .git', 'mkdir ../x'],
  }),
  change('touch', 'makes files or changes their times', {
    match: ['touch a'],
    notMatch: ['touch /etc/x', 'touch ~/.bashrc'],
  }),
  change('mktemp tempfile', 'makes a file', { match: ['mktemp -d'], notMatch: ['mktemp -p /etc'] }),
  lose('cp gcp rename prename mmv mcp copy', 'copies or renames, and may overwrite', {
    target: '-t --target -T',
    match: ['cp a b', 'cp -r a b/', 'cp /usr/share/x .'],
    notMatch: [
      'cp a /etc/x',
      'cp a ~/.bashrc',
      'cp -t /etc a',
      'cp ~/.ssh/id_rsa .',
      'cp a .git/hooks/x',
    ],
  }),
  lose('install ginstall', 'copies, and may overwrite', {
    raise: [
      { words: /^(-m|--mode)/, to: 'beyond', why: 'gives rights away' },
      { options: '-o -g --owner --group --strip-program', to: 'beyond', why: 'gives rights away' },
    ],
    match: ['install -d a', 'install a b'],
    notMatch: ['install -m 4755 a b', 'install -o root a b', 'install a /usr/bin/x'],
  }),
  lose('mv gmv', 'moves, and may overwrite', {
    match: ['mv a b'],
    notMatch: ['mv a /etc/x', 'mv /etc/x .', 'mv a ~'],
  }),
  lose('ln link symlink', 'makes links, and may overwrite', {
    match: ['ln -s a b'],
    notMatch: ['ln -s / rootlink', 'ln -s /etc/passwd x'],
  }),
  lose('rm rmdir unlink del trash trash-put srm wipe', 'deletes files', {
    match: ['rm a', 'rm -rf build', 'rmdir a', 'rm -rf /tmp/x'],
    notMatch: [
      'rm -rf /',
      'rm -rf /*',
      'rm -rf ~',
      'rm -rf /home/ann',
      'rm -rf ../x',
      'rm -rf .git',
    ],
  }),
  lose('shred truncate fallocate', 'cuts or destroys files', {
    match: ['truncate -s 0 a', 'shred -u a'],
    notMatch: ['truncate -s 0 /var/log/x', 'shred /dev/sda'],
  }),
  lose('tee sponge', 'writes files', {
    match: ['tee a', 'tee -a a', 'tee /dev/null'],
    notMatch: ['tee /etc/sudoers', 'tee ~/.ssh/authorized_keys', 'tee /dev/sda'],
  }),
  lose('split gsplit', 'writes files', {
    raise: [runs('--filter')],
    match: ['split -l 10 a b'],
    notMatch: ['split --filter=sh a'],
  }),
  lose('csplit dos2unix unix2dos fromdos todos', 'writes files', {
    match: ['csplit a /x/'],
    notMatch: ['dos2unix /etc/x'],
  }),
  lose('patch', 'changes files', {
    raise: [{ options: '-d --directory', to: 'lose', why: 'works in another folder' }],
    match: ['patch -p1 -i a.diff'],
    notMatch: ['patch -d / -p1', 'patch /etc/x'],
  }),
  lose('chmod gchmod', 'changes who may use files', {
    raise: [{ words: TRUST, to: 'beyond', why: 'lets a program act as somebody else' }],
    match: ['chmod 755 a', 'chmod +x a', 'chmod -R go-w a', 'chmod 0644 a', 'chmod u=rwx a'],
    notMatch: [
      'chmod u+s a',
      'chmod 4755 a',
      'chmod +s a',
      'chmod ug+s a',
      'chmod u-w,g+s a',
      'chmod 2755 a',
      'chmod -R 777 /',
      'chmod -R 777 ~',
      'chmod u=rxs a',
    ],
  }),
  beyond(
    'chown chgrp chattr setfattr setfacl setcap setsebool chcon restorecon lchown chflags xattr',
    'changes whose files they are, or who may use them',
    {
      match: ['chown root a', 'setcap cap_net_raw+ep a', 'chattr +i a'],
      notMatch: ['chown --version'],
    },
  ),
  beyond('dd dcfldd', 'copies bytes to where it is pointed', {
    match: ['dd if=/dev/zero of=/dev/sda', 'dd if=a of=b'],
    notMatch: ['dd --help'],
  }),
  beyond('rmt mknod', 'makes or drives a device', {
    match: ['mknod x b 8 0'],
    notMatch: ['mknod --help'],
  }),
  lose(
    'vi vim nvim view ex ed emacs nano pico micro joe kate code subl hx kak ne jed mg',
    'changes files',
    {
      raise: [
        { words: /^\+/, to: 'beyond', why: 'runs a command of the editor' },
        loads(
          '-c --cmd -S -s -u -U -W -w --startuptime -e -E --eval -l --load -f --funcall --script --batch -q -i --rcfile --init-directory --server --remote --listen -es -Es',
        ),
      ],
      longShorts: true,
      match: ['vim a', 'nano a'],
      notMatch: ['vim -c !id a', 'vim +!id a', 'emacs --eval x', 'nano /etc/x'],
    },
  ),
];
