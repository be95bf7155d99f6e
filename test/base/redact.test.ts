import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, redactAll, redactOutput } from '../../src/base/redact.ts';
import { terminalText } from '../../src/base/terminal-text.ts';
import { writeSetupCode } from '../../src/protocol/setup-code.ts';

const letters = (chars: string, length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...chars), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const WORD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const setupCode = letters(`${WORD}_-`, 22).map((bootstrapToken) =>
  writeSetupCode({
    url: 'ws://127.0.0.1:8443',
    bootstrapToken,
    expiresAtMs: 1_700_000_180_000,
    fingerprint: `SHA256:${'f'.repeat(43)}`,
  }),
);

/** The keys that atom itself is given, as their makers shape them, and those that it gives. */
const own = fc.oneof(
  fc
    .tuple(letters('123456789', 10), letters(`${WORD}_-`, 35))
    .map(([id, secret]) => `${id}:${secret}`),
  letters(`${WORD}_-`, 48).map((secret) => `sk-ant-api03-${secret}`),
  letters(WORD, 48).map((secret) => `sk-${secret}`),
  letters(WORD, 36).map((secret) => `ghp_${secret}`),
  letters(`${WORD}_-`, 35).map((secret) => `AIza${secret}`),
  letters(`${WORD}_-`, 43).map((secret) => `atk_${secret}`),
  setupCode,
);

describe('a command line', () => {
  it.each([
    ['echo --token hunter22 x', 'echo --token [secret] x'],
    ["deploy --db-password 'hunter22'", "deploy --db-password '[secret]'"],
    ['x --api-key\thunter22', 'x --api-key\t[secret]'],
    ['x -auth hunter22', 'x -auth [secret]'],
  ])('has no value of an option that says that it is secret: %s', (text, without) => {
    expect(redact(text)).toBe(without);
  });

  it.each([
    'x --token --json',
    'x --token <TOKEN>',
    'x --token $TOKEN1',
    'x --tokens 123456',
    'x --token abc',
  ])('keeps what is none: %s', (text) => expect(redact(text)).toBe(text));
});

describe('what a program printed', () => {
  const shown = redactOutput(['correct-horse-battery', 'short']);

  it('has none of the secrets that are known, and all the rest', () => {
    expect(shown('a correct-horse-battery b short')).toBe('a [secret] b short');
  });

  it.each([
    ['DB_PASSWORD=swordfish', 'DB_PASSWORD=[secret]'],
    ['export API_KEY="abcdefgh"', 'export API_KEY=[secret]"'],
    ['password: hunter22', 'password: [secret]'],
    [
      'git clone https://dana:hunter22@example.org/x',
      'git clone https://dana:[secret]@example.org/x',
    ],
    [
      'curl -H "Authorization: Bearer abcdefgh12345678"',
      'curl -H "Authorization: Bearer [secret]"',
    ],
  ])('has no secret that a name announces: %s', (text, without) => {
    expect(shown(text)).toBe(without);
  });

  it.each([
    'const token = readToken();',
    'password = getpass.getpass("Password: ")',
    'the token is not valid',
    'secret: string;',
    'TOKEN=$(cat token.txt)',
  ])('is still the code that it is: %s', (text) => {
    expect(shown(text)).toBe(text);
  });

  it('has no lines of a private key whose beginning is missing', () => {
    const lines = Array.from({ length: 5 }, () => `MIIE${'k'.repeat(60)}`);
    const tail = ['log line one.', ...lines, '-----END PRIVATE KEY-----', 'after'].join('\n');
    expect(shown(tail)).toBe('log line one.\n[secret]\nafter');
  });

  it.each([
    ['a.'.repeat(200_000)],
    ['eyJ-'.repeat(100_000)],
    ['token = '.repeat(50_000)],
    ['\u001b]'.repeat(100_000)],
  ])('is read in one go, however it is made', (text) => {
    expect(terminalText(shown(text)).length).toBeGreaterThan(0);
  });
});

describe('what looks like a secret', () => {
  it.each([
    ['a bot token', '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'],
    ['a model key', 'sk-ant-api03-abcdefghijklmnopqrstuv'],
    ['a GitHub token', `ghp_${'a1'.repeat(18)}`],
    ['a Slack token', 'xoxb-123456789012-abcdefghij'],
    ['a GitHub token of an app', `ghs_${'a1'.repeat(18)}`],
    ['a fine-grained GitHub token', `github_pat_${'a1'.repeat(18)}`],
    ['a Google key', `AIza${'a1b2c'.repeat(7)}`],
    ['a key of atom', 'atk_abcdefgh12345678'],
    ['an AWS key', 'AKIAIOSFODNN7EXAMPLE'],
    ['an AWS key that ends', 'ASIAIOSFODNN7EXAMPLE'],
    ['a web token', 'eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF2QT4'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----'],
  ])('is taken out: %s', (_, secret) => {
    expect(redact(`before ${secret} after`)).toBe('before [secret] after');
  });

  it('is taken out where a name announces it', () => {
    for (const name of ['password', 'PASSWD', 'secret', 'Token', 'apikey', 'api-key'])
      expect(redact(`${name} = hunter22`)).toBe(`${name} = [secret]`);
    expect(redact('Bearer abcdefgh12345678')).toBe('Bearer [secret]');
    expect(redact('{"api_key": "abcdef1234"}')).not.toContain('abcdef1234');
    expect(redact('Authorization: Bearer abcdefgh12345678')).not.toContain('abcdefgh');
    expect(redact('git clone https://dana:hunter22@example.org/x')).not.toContain('hunter22');
  });

  it('is taken out of the address that a bot calls', () => {
    const token = '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsa--';
    expect(redact(`https://api.telegram.org/bot${token}/getMe`)).not.toContain('AAHdqTcv');
    expect(redact(`ends in a dash ${token}`)).toBe('ends in a dash [secret]');
  });

  it('is never left in, wherever in a text it stands', () => {
    const around = fc.stringMatching(/^[ -~\n]{0,20}$/);
    fc.assert(
      fc.property(around, own, around, (before, secret, after) => {
        expect(redact(`${before} ${secret} ${after}`)).not.toContain(secret);
        expect(redact(`/${secret}/x`)).not.toContain(secret);
      }),
      { numRuns: 300 },
    );
  });

  it('is not made of ordinary text', () => {
    for (const text of ['git log --oneline', 'at 10:02 on 2024-01-01', 'the token is short: abc']) {
      expect(redact(text)).toBe(text);
    }
  });
});

it('hides the word after an option that names a secret', () => {
  const words = [
    'tool',
    '--token',
    'tok_1234567890',
    '-v',
    '--db-password',
    'x y',
    '--tokens',
    'all',
  ];
  expect(redactAll({ words })).toEqual({
    words: ['tool', '--token', '[secret]', '-v', '--db-password', '[secret]', '--tokens', 'all'],
  });
});
