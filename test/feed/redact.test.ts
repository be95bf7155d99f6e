import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIban, passesLuhn, withoutPersonal } from '../../src/base/personal.ts';
import { redactPost, withoutPrivate } from '../../src/feed/redact.ts';
import { nothingOwn } from './nothing-own.ts';

/** Built here, so that no text of this file is itself a key. */
const run = (alphabet: string, length: number): string =>
  Array.from({ length }, (_, at) => alphabet[(at * 7 + 3) % alphabet.length]).join('');
const ALNUM = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z';
const HEX = '0a1b2c3d4e5f6789';

const keys: readonly string[] = [
  ...[`gsk_${run(ALNUM, 52)}`, `glpat-${run(ALNUM, 20)}`, `sk_live_${run(ALNUM, 24)}`],
  ...[`npm_${run(ALNUM, 36)}`, `dapi${run(HEX, 32)}`, `hvs.${run(ALNUM, 90)}`],
  ...[`shpat_${run(HEX, 32)}`, `SG.${run(ALNUM, 22)}.${run(ALNUM, 43)}`, `figd_${run(ALNUM, 40)}`],
  ...[`dop_v1_${run(HEX, 64)}`, `tskey-auth-${run(ALNUM, 12)}-${run(ALNUM, 24)}`],
  ...[`sk_${run(HEX, 48)}`, `GR1348941${run(ALNUM, 20)}`, `CFPAT-${run(ALNUM, 43)}`],
  ...[`pcsk_${run(ALNUM, 60)}`, `sha256~${run(ALNUM, 43)}`, `AKCp${run(ALNUM, 69)}`],
  ...[`FLWSECK-${run(HEX, 32)}-X`, `rdme_${run('a1b2c3', 70)}`, `fio-u-${run(ALNUM, 64)}`],
  ...[
    `$2b$12$${run(ALNUM, 53)}`,
    `sk-ant-api03-${run(ALNUM, 93)}`,
    `sk-${run(HEX, 32)}`,
    `AKIA${'QRSTUVWXYZ234567'}`,
  ],
  ...[`https://hooks.slack.com/services/T0${run('ABC9', 8)}/B0${run('ABC9', 8)}/${run(ALNUM, 24)}`],
];

const told: readonly (readonly [text: string, kept: string])[] = [
  ['mail dana@example.org about it', 'mail [e-mail] about it'],
  ['ring +49 170 1234567 at noon', 'ring [phone] at noon'],
  ['her mobile is (212) 555-9876', 'her mobile is [phone]'],
  ['reach me at 4 1 5.5 5 5.7 8 9 0', 'reach me at [phone]'],
  ['Büro: 030 / 1234-5678', 'Büro: [phone]'],
  ['paid with 4111 1111 1111 1111', 'paid with [card]'],
  ['to DE89 3704 0044 0532 0130 00 today', 'to [iban] today'],
  ['GB82WEST12345698765432', '[iban]'],
  ['the SSN is 123-45-6789.', 'the SSN is [id].'],
  ['DNI 12345678Z', 'DNI [id]'],
  ['her passport number is 987654321', 'her passport number is [id]'],
  ['Set the password to “x” no: password to "Tr0ub4dor&3"', '[secret]'],
  ['wrote /home/dana/notes.txt', 'wrote ~/notes.txt'],
  ['read C:\\Users\\Dana\\tax.pdf', 'read ~\\tax.pdf'],
  ['db is postgres://app:hunter2@db/x', 'db is postgres://app:[secret]@db/x'],
  ['DB_PASS=sunshine', 'DB_PASS=[secret]'],
  ['const dbPassword = "sunshine";', 'const dbPassword = "[secret]";'],
  ['<password>sunshine7</password>', '<password>[secret]</password>'],
  ['deploy --api-key k3yk3yk3yk3y --now', 'deploy --api-key [secret] --now'],
  ['the PIN is 4821', 'the PIN is [secret]'],
  [`export STORE_KEY=${run(ALNUM, 32)}`, 'export STORE_KEY=[secret]'],
  ['curl -u dana:hunter2 https://a.example', 'curl -u dana:[secret] https://a.example'],
  ['sshpass -p hunter2 ssh a.example', 'sshpass -p [secret] ssh a.example'],
  ['Authorization: Basic ZGFuYTpodW50ZXIy', 'Authorization: Basic [secret]'],
  ['https://dana:my@ss@a.example/x', 'https://dana:[secret]@a.example/x'],
  [
    'seed phrase: legal winner thank year wave sausage worth useful legal winner thank yellow',
    ': [secret]',
  ],
  // The forms that tests of scanners are full of.
  ['password = correct-horse-battery', 'password = [secret]'],
  ['[login]\npassword = 12345678901234', 'password = [secret]'],
  ['static_password01 = "sunshine";', 'static_password01 = "[secret]";'],
  ['jdbc:mysql://a/b?user=app&userpass=sunshine', 'userpass=[secret]'],
  ['os.getenv("PASSWORD", "sunshine5")', 'os.getenv("PASSWORD", "[secret]")'],
  ['<entry key="password">sunshine1</entry>', '<entry key="password">[secret]</entry>'],
  ['the_password = "{{a}b)c${d]e(f[g>-_$#h}}"', 'the_password = "[secret]"'],
  ["curl -d x \\\n  -u dana:'hunter22' https://a.example", "-u dana:'[secret]'"],
  ['Authorization: Api-Token 22cb987851bc5659', 'Authorization: Api-Token [secret]'],
  ['Your one-time code is 482913', 'Your one-time code is [secret]'],
  // Of a key with a stroke in it, nothing is left.
  ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQ9vT2', '_key = [secret]'],
  ['AccountKey=lJzRc1YdHaAA2KCNJJ1tkYwF/+mKK6Ygw0NGe170Xu592euJ==', 'AccountKey=[secret]'],
  ['Bank account: 945456787654', 'Bank account: [id]'],
  ['https://a.example/?token=8d7f6e5c4b3a29180716&v=1', 'token=[secret]&v=1'],
  [
    'kind: Secret\ndata:\n  extra: YWRtaW46cGFzc3dvcmQ=\ntype: Opaque',
    'data:\n  extra: [secret]\ntype: Opaque',
  ],
  // Signs that are written by their number, in other faces or in base64 hide nothing.
  ['{"p\\u0061ssword": "hunter22x"}', '"password": "[secret]"'],
  ['dana%40example.org wrote', '[e-mail] wrote'],
  ['&#112;assword=hunt&#x65;r22x', 'password=[secret]'],
  ['𝐩𝐚𝐬𝐬𝐰𝐨𝐫𝐝=hunter22x', 'password=[secret]'],
  [`it is ${Buffer.from('password: hunter22x').toString('base64')} now`, 'it is [secret] now'],
  // Letters of other languages that look like Latin ones, and what a terminal broke, hide nothing.
  ['раsswоrd = hunter22x', '[secret]'],
  [`ѕk-ant-api03-${run(ALNUM, 93)} is it`, '[secret] is it'],
  [
    `key sk-ant-api03-${run(ALNUM, 40)}\n${run(ALNUM, 40)}\n${run(ALNUM, 13)}\nends`,
    'key [secret]\nends',
  ],
  // Signs that nobody sees, and digits as wide as Chinese ones, hide nothing.
  ['pass\u200bword = hunt\u200ber22x', '[secret]'],
  ['ＳＳＮ １２３-４５-６７８９', 'SSN [id]'],
];

const harmless: readonly string[] = [
  'Пароль не менялся, а ключ лежит в сейфе; ο κωδικός δεν άλλαξε; the Ωmega-3 and µs stay.',
  'Ran git and npm in work, 5 commands, in 12 s.',
  'A strong password should be at least 12 characters with mixed case.',
  'My order number is 1234567890, when will it ship?',
  'The camera at 192.168.1.100 answered in 4 ms on 2026-11-27 10:15.',
  'Commit 3f2a9c1d4e5b60718293a4b5c6d7e8f901234567 is on main, version 10.4.1.',
  'Use a regex like [0-9]{3}-[0-9]{2}-[0-9]{4} for that; see issue 4821.',
  'Set API_KEY=<your-key>, TOKEN=${TOKEN} and password: "{{ password }}", or token = "xxxxxxxx".',
  'The docs say AKIAIOSFODNN7EXAMPLE, sk-xxxxxxxxxxxxxxxxxxxx and api_key=your-api-key-here.',
  'const token = process.env.TOKEN; secret: z.string(), tokens: Token[]; apiKey = await getKey(id);',
  'postgres://user:password@localhost/db, https://$USER:$PASS@a.example, mysql://mysql:mysql@db/x',
  'It was passed to run2(), the author: Dana Doe, token_count = 20481, "@tokenizer/token": "^0.3.0".',
  'key: node-cache-linux-x64, primary key: 5f2b7c, id 3f2a9c1d-4e5b-4071-8293-a4b5c6d7e8f9.',
  'Tx hash 0x3f2a9c1d4e5b60718293a4b5c6d7e8f9013f2a9c1d4e5b60718293a4b5c6d7e8 is in block 12.',
  'git clone git@github.com:a/b.git, see icon@2x.png and data:image/png;base64,iVBORw0KGgoAAAANSU.',
  'Boston, MA 02110-1301; released 2026-11-27, sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b.',
  'def test_shuffle_of_array_of_different_length_strings_2(self): pass\nelse: pass',
  'password=\nsonar.jdbc.url= and DB_PASSWORD=DB_PASSWORD, secret: WEBHOOK_API_SECRET',
  'Release GPG key: 9554F04D7259F04124DE6B476D5A82AC7E37093B, "public_token": "9Cnzj4p4WGeKLs1P"',
  'mysql://dbuser:secret@db.a.example/x, jdbc:mysql://admin:pass@localhost/x, curl -u user:pass a.example',
  `xoxb-12345-abcd234, sk_live_AAAAAAAAAAAAAAAAAAAAAAA, gsk_${'aB3'.repeat(20)}`,
  'GET https://api.example.org/Users/42 and `/Rooms/${room}/Users/${user}/x`; 212870000000000.0',
  '它，使用（快速）的工具：完成！👩‍💻 <Buffer 00 00 00 28 13 de 02>, the text is 1010111.',
  'userLabel:"User:",passwordLabel:"Password:",rememberMeLabel:"Remember me:", "password": "&lt;YOURS&gt;"',
  'IAMUserChangePassword = "arn:aws:iam::aws:policy/IAMUserChangePassword"; this.addPassword = "#add-password"',
  'Finished 3 of 20 files, 12,345 rows, 99.5 %; the token count is 20481.',
];

describe('what is taken out of a post', () => {
  for (const key of keys)
    it(`is a key such as ${key.slice(0, 9)}…`, () => {
      const text = redactPost(`I use ${key} for this`);
      expect(text).toContain('[secret]');
      expect(text).not.toContain(key.slice(-12));
    });

  for (const [text, kept] of told)
    it(`makes of “${text}” no more than “${kept}”`, () => {
      expect(redactPost(text)).toContain(kept);
    });

  it('is no ordinary word, number, date, address of a machine or digest', () => {
    expect(harmless.map((text) => redactPost(text))).toEqual(harmless);
  });

  it('is what atom itself keeps, whatever it looks like', () => {
    const known = (text: string) => text.replaceAll('sesame open', '[secret]');
    expect(redactPost('I said sesame open', { ...nothingOwn, secrets: known })).toBe(
      'I said [secret]',
    );
  });

  it('is nothing more the second time', () => {
    const piece = fc.oneof(
      fc.constantFrom(...keys, ...told.map(([text]) => text), ...harmless),
      fc.string({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const once = redactPost(pieces.join(' ').slice(0, 2000));
        // Its words may make it longer than a post may be, but never say more.
        expect(redactPost(once.slice(0, 2000))).toBe(once.slice(0, 2000).toWellFormed());
      }),
      { numRuns: 150 },
    );
  });

  it('is found in time that grows with the text alone, however the text is made', () => {
    const bit = fc.constantFrom(
      ...[
        '1',
        '1 ',
        '1-',
        '+1',
        '0',
        'a',
        'A',
        'A@',
        'a.',
        '/home/',
        'eyJ',
        'sk-',
        'passport ',
        '=',
      ],
      ...[
        'password=',
        'api_key ',
        'pass is ',
        'a/',
        'curl ',
        'kind: Secret\ndata:\n a: ',
        '%41',
        'sid=',
        '{{',
        'seed: abc ',
        'basic ',
        '<key>',
        '--token ',
        '_key',
        'key is ',
        'https://',
        '://',
        ':',
        '-----BEGIN ',
        'wallet',
        '0x',
        '(',
        '“',
        '\n',
      ],
    );
    fc.assert(
      fc.property(fc.array(bit, { minLength: 1, maxLength: 3 }), (bits) => {
        redactPost(bits.join('').repeat(2000).slice(0, 2000));
      }),
      { numRuns: 300 },
    );
    // What is quadratic would take minutes for these.
    for (const bit of [
      'password ',
      'key=',
      'a.',
      'https://',
      'x:y@',
      'seed: abc ',
      'curl -u ',
      '1 ',
    ])
      withoutPrivate(bit.repeat(20_000), nothingOwn);
  });

  it('has no signs that turn round what follows, and keeps joined ones', () => {
    expect(redactPost('sent \u202egnp.exe\u202c 👩\u200d💻')).toBe('sent gnp.exe 👩\u200d💻');
  });

  it('is cut once what is private is out: no half of a secret is left at its end', () => {
    for (const secret of [`ghp_${'a1'.repeat(18)}`, 'sesame open', 'dana@example.org']) {
      const text = `${'a '.repeat(997)}${secret} and more`;
      const told = redactPost(text, {
        ...nothingOwn,
        secrets: (said) => said.replaceAll('sesame open', '[secret]'),
      });
      expect(told.length).toBeLessThanOrEqual(2000);
      expect(told.slice(1994)).toMatch(/^\[(?:sec|e-m)/);
    }
    const emoji = redactPost(`${'a'.repeat(1999)}\u{1f600}`);
    expect(emoji).toBe(emoji.toWellFormed());
  });

  it('cannot be told where the looking fails: then there is no post', () => {
    const broken = () => {
      throw new Error('the keychain is gone');
    };
    expect(() => redactPost('a', { ...nothingOwn, secrets: broken })).toThrow('was not posted');
  });
});

describe('numbers that tell who somebody is', () => {
  it('are told from others by the digits that check them', () => {
    expect([passesLuhn('4111111111111111'), passesLuhn('4111111111111112')]).toEqual([true, false]);
    expect([isIban('FR1420041010050500013M02606'), isIban('FR1420041010050500013M02607')]).toEqual([
      ...[true, false],
    ]);
    const free = ['4111 1111 1111 1112', 'DE89370400440532013002', '12345678A', '666-12-3456'];
    expect(free.map(withoutPersonal)).toEqual(free);
  });
});
