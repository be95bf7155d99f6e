import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutAccount } from '../../src/feed/account.ts';
import { redactPost } from '../../src/feed/redact.ts';
import { nothingOwn } from './nothing-own.ts';

const ANN = { home: '/srv/users/ann', user: 'ann', machine: 'kiwi', folders: [] as string[] };
type Ann = typeof ANN;

const placeOf = ({ home, user, machine, folders }: Ann) => ({
  account: { home, homes: [home], user, machine },
  folders,
});
const posted = (text: string, of: Partial<Ann> = {}): string =>
  redactPost(text, {
    ...nothingOwn,
    account: withoutAccount(placeOf({ ...ANN, ...of }), 'places'),
  });
const exported = (text: string, of: Partial<Ann> = {}): string =>
  withoutAccount(placeOf({ ...ANN, ...of }), 'everywhere')(text);

type Form = readonly [text: string, kept: string];

const paths: readonly Form[] = [
  ['wrote /srv/users/ann/notes.txt', 'wrote ~/notes.txt'],
  ['cd /srv/users/ann', 'cd ~'],
  ['PATH=/bin:/srv/users/ann/bin', 'PATH=/bin:~/bin'],
  ['see file:///srv/users/ann/a.html', 'see file:~/a.html'],
  ['open file%3A%2F%2F%2Fsrv%2Fusers%2Fann%2Fa', 'open file%3A%2F%2F~%2Fa'],
  ['next=%252Fsrv%252Fusers%252Fann%252Fa', 'next=~%252Fa'],
  ['{"at":"\\/srv\\/users\\/ann\\/a"}', '{"at":"~\\/a"}'],
  ['kept in -srv-users-ann-shop', 'kept in ~-shop'],
  ['swap %srv%users%ann%a.swp', 'swap ~%a.swp'],
  ['in /mnt/copy/srv/users/ann/a', 'in /mnt/copy~/a'],
];

const windows: readonly Form[] = [
  ['read D:\\People\\Ann\\tax.pdf', 'read ~\\tax.pdf'],
  ['{"p":"d:\\\\people\\\\ann\\\\t"}', '{"p":"~\\\\t"}'],
  ['file:///D:/People/Ann/t', 'file:///~/t'],
  ['in /d/People/Ann/t', 'in ~/t'],
];

const names: readonly Form[] = [
  ['ann@kiwi:~$ ls', '[user]@[machine]:~$ ls'],
  ['ann\n', '[user]\n'],
  ['mail is in /var/mail/ann, see ~ann/x', 'mail is in /var/mail/[user], see ~[user]/x'],
  [
    'uid=1000(ann) gid=1000(ann) groups=27(sudo)',
    'uid=1000([user]) gid=1000([user]) groups=27(sudo)',
  ],
  ['drwxr-xr-x 2 ann ann 4096 Nov 1 x', 'drwxr-xr-x 2 [user] [user] 4096 Nov 1 x'],
  ['ann       4242  0.0 node', '[user]       4242  0.0 node'],
  ['USER=ann LOGNAME=ann HOSTNAME=kiwi', 'USER=[user] LOGNAME=[user] HOSTNAME=[machine]'],
  ['sudo chown -R ann:ann x', 'sudo chown -R [user]:[user] x'],
  ['Linux kiwi 6.1.0 x86_64', 'Linux [machine] 6.1.0 x86_64'],
  ['http://kiwi:8080 and kiwi.local', 'http://[machine]:8080 and [machine].local'],
];

describe('whose account and machine it is', () => {
  it('is told by no path of the home folder, however it is written', () => {
    expect(paths.map(([text]) => posted(text))).toEqual(paths.map(([, kept]) => kept));
    const home = 'D:\\People\\Ann';
    expect(windows.map(([text]) => posted(text, { home }))).toEqual(
      windows.map(([, kept]) => kept),
    );
  });

  it('is told by no home folder with accents, in either form of them', () => {
    const of = { home: '/srv/us\u00e9rs', user: 'root' };
    for (const path of ['/srv/us\u00e9rs/a', '/srv/use\u0301rs/a', '/srv/us%C3%A9rs/a'])
      expect(exported(path, of)).toBe('~/a');
  });

  it('is told by no folder of atom itself, which has the name of the profile', () => {
    const folders = ['/etc/x/atom/acme', '/var/x/atom/acme'];
    expect(posted('/etc/x/atom/acme/config.json', { folders })).toBe('[profile]/config.json');
  });

  it('is told by no name of either where hardly anything else stands', () => {
    expect(names.map(([text]) => posted(text))).toEqual(names.map(([, kept]) => kept));
  });

  it('is not told by a name of its own anywhere', () => {
    const of = { user: 'aberg7', machine: 'anns-macbook.local' };
    expect(posted('ask Aberg7 about anns-macbook', of)).toBe('ask [user] about [machine]');
    expect(posted('/opt/x-aberg7/y on anns-macbook.local', of)).toBe(
      '/opt/x-[user]/y on [machine]',
    );
  });

  it('is followed to each word for strangers only', () => {
    expect(posted('ann of the kiwi company')).toBe('ann of the kiwi company');
    expect(exported('Ann of the kiwi company, annual')).toBe(
      '[user] of the [machine] company, annual',
    );
  });

  it('leaves the name before an address of e-mail to what knows addresses', () => {
    expect(posted('to ann@berg.example')).toBe('to [e-mail]');
  });

  it('takes nothing else with it', () => {
    const others = [
      'in /srv/users/anna/a, /srv/users/ann2 and /srv/users/all; an annual plan for Joann',
      'https://example.org/Users/42 and ./users/x',
    ];
    expect(others.map((text) => posted(text))).toEqual(others);
    const common =
      'ran test as root on localhost in /src/test/root: main, user@server, [user] [secret]';
    for (const name of ['test', 'root', 'user', 'secret', 'main', 'a', '1000'])
      for (const hide of [posted, exported])
        expect(hide(common, { home: '/', user: name, machine: 'localhost' })).toBe(common);
  });

  it('finds a home folder of one part only where a path begins', () => {
    const of = { home: '/root', user: 'root' };
    const text =
      'in /root/x and file:///root/x, not /mnt/root/x, ./root, /rooted or https://a.example/root';
    expect(posted(text, of)).toBe(
      'in ~/x and file:~/x, not /mnt/root/x, ./root, /rooted or https://a.example/root',
    );
  });

  it('has any signs in it and is looked for as they are', () => {
    const sign = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
    fc.assert(
      fc.property(sign, sign, fc.string({ maxLength: 60 }), (user, machine, text) => {
        const hide = withoutAccount(
          placeOf({ ...ANN, user, machine, home: `/${user}/${machine}` }),
          'places',
        );
        hide(`${text} /${user}/${machine} ${user}@${machine}`);
      }),
      { numRuns: 30 },
    );
  });

  it('is found in time that grows with the text alone', () => {
    // What is quadratic would take minutes for these.
    for (const bit of [
      '/srv/',
      '/srv/users/',
      'ann ',
      '-srv-users-',
      'drwxr-xr-x 2 ',
      'chown -R ',
      '\\',
      'sudo -u ',
    ])
      exported(bit.repeat(20_000));
    for (const bit of ['ann ', 'drwxr-xr-x 2 ann ', 'chown -R ann ', ' '])
      withoutAccount(placeOf(ANN), 'places')(bit.repeat(20_000));
  });
});
