import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNear, readGatewayUrl, resolvePlain } from '../../src/domain/plain-url.ts';

const refused = (text: string): boolean => {
  try {
    readGatewayUrl(text);
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: 'usage' });
    return true;
  }
};

describe('without TLS', () => {
  test.each([
    ['ws://127.0.0.1:18789', '127.0.0.1', 18789],
    ['WS://LOCALHOST', 'localhost', 80],
    ['ws://localhost.:1/', 'localhost', 1],
    ['ws://gateway.localhost', 'gateway.localhost', 80],
    ['ws://10.0.2.2:18789', '10.0.2.2', 18789],
    ['ws://10.255.255.255', '10.255.255.255', 80],
    ['ws://172.16.0.1', '172.16.0.1', 80],
    ['ws://172.31.255.254', '172.31.255.254', 80],
    ['ws://192.168.1.20', '192.168.1.20', 80],
    ['ws://169.254.7.7', '169.254.7.7', 80],
    ['ws://Attic-Pi.LOCAL.:5', 'attic-pi.local', 5],
    ['ws://[::1]:9', '::1', 9],
    ['ws://[FD12:3456::1]', 'fd12:3456::1', 80],
    ['ws://[fe80::1]', 'fe80::1', 80],
    ['ws://[::ffff:192.168.1.1]', '::ffff:c0a8:101', 80],
    ['ws://2130706433', '127.0.0.1', 80],
    ['ws://0177.0.0.1', '127.0.0.1', 80],
    ['ws://0x7f.1', '127.0.0.1', 80],
    ['ws://127.0.0.1.', '127.0.0.1', 80],
  ])('%s may be spoken to', (text, host, port) => {
    expect(readGatewayUrl(text)).toMatchObject({ host, port, secure: false });
  });

  test.each([
    'ws://example.com',
    'ws://8.8.8.8',
    'ws://134744072', // 8.8.8.8
    'ws://0x08080808',
    'ws://010.0.0.1', // octal: 8.0.0.1
    'ws://172.15.255.255',
    'ws://172.32.0.1',
    'ws://192.169.0.1',
    'ws://11.0.0.1',
    'ws://100.64.0.1', // carrier-grade NAT and tunnels
    'ws://0.0.0.0',
    'ws://0',
    'ws://[::]',
    'ws://[::ffff:8.8.8.8]',
    'ws://[::ffff:808:808]',
    'ws://[::127.0.0.1]',
    'ws://[64:ff9b::7f00:1]',
    'ws://[2001:db8::1]',
    'ws://[fec0::1]',
    'ws://255.255.255.255',
    'ws://224.0.0.251',
    'ws://localhost.example.com',
    'ws://localhost.localdomain',
    'ws://notlocalhost',
    'ws://127.0.0.1.example.com',
    'ws://127.0.0.1%2eexample.com',
    'ws://10.0.0.1.nip.io',
    'ws://local',
    'ws://.local',
    'ws://x..local',
    'ws://evil.com/.local',
    'ws://evil.local.example.com',
    'ws://example.local.com',
    'ws://box',
  ])('%s may not', (text) => {
    expect(refused(text)).toBe(true);
  });

  test('what is said back never repeats the address, which may hold a secret', () => {
    expect(() => readGatewayUrl('ws://127.0.0.1/?token=sesame')).not.toThrow(/sesame/);
    expect(() => readGatewayUrl('ws://u:sesame@127.0.0.1')).not.toThrow(/sesame/);
  });
});

test('with TLS any name and address may be spoken to', () => {
  expect(readGatewayUrl('wss://Atom.Example.com')).toEqual({
    text: 'wss://atom.example.com:443',
    host: 'atom.example.com',
    port: 443,
    secure: true,
    kind: 'name',
  });
  expect(readGatewayUrl('wss://[2001:db8::1]:8443').text).toBe('wss://[2001:db8::1]:8443');
});

test.each([
  'http://127.0.0.1',
  'https://example.com',
  'wss://a:b@example.com',
  'ws://127.0.0.1@example.com',
  'ws://example.com@127.0.0.1',
  'wss://example.com/?token=1',
  'wss://example.com/#x',
  'wss://example.com/?',
  'wss://example.com/#',
  'wss://example.com/path',
  'wss://exa mple.com',
  'ws://[fe80::1%25eth0]',
  'ws://[fe80::1%eth0]',
  'wss://',
  '',
  'wss://-x.com',
])('%s is no address of a gateway', (text) => {
  expect(refused(text)).toBe(true);
});

describe('a name without TLS', () => {
  const standsFor =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address }));

  test('is spoken to at the addresses that were looked at', async () => {
    const url = readGatewayUrl('ws://pi.local');
    expect(await resolvePlain(url, standsFor('192.168.1.4', 'fe80::1%eth0'))).toEqual([
      '192.168.1.4',
      'fe80::1%eth0',
    ]);
  });

  test.each([
    ['ws://pi.local', ['192.168.1.4', '8.8.8.8']],
    ['ws://pi.local', ['0.0.0.0']],
    ['ws://pi.local', ['10.0.0.1%eth0']],
    ['ws://pi.local', []],
    ['ws://localhost', ['192.168.1.4']],
  ])('%s is left alone where it stands for %j', async (text, found) => {
    await expect(resolvePlain(readGatewayUrl(text), standsFor(...found))).rejects.toThrow();
  });

  test('of an address nothing is looked up', async () => {
    const asked = async () => expect.unreachable();
    expect(await resolvePlain(readGatewayUrl('ws://10.1.2.3'), asked)).toEqual(['10.1.2.3']);
  });
});

describe('however an address is spelled', () => {
  const octet = fc.nat(255);
  const v4 = fc.tuple(octet, octet, octet, octet);
  const isPlain = ([a, b]: readonly number[]): boolean =>
    a === 127 ||
    a === 10 ||
    (a === 172 && b !== undefined && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254);
  const hex = (n: number): string => n.toString(16);
  const value = (parts: readonly number[]): number => parts.reduce((sum, n) => sum * 256 + n, 0);

  test('the verdict is the same', () => {
    fc.assert(
      fc.property(v4, (parts) => {
        const [a, b, c, d] = parts;
        const plain = isPlain(parts);
        const spellings = [
          parts.join('.'),
          `${parts.join('.')}.`,
          String(value(parts)),
          `0x${hex(value(parts))}`,
          parts.map((n) => `0${n.toString(8)}`).join('.'),
          `${a}.${value([b, c, d])}`,
          `[::ffff:${parts.join('.')}]`,
          `[0:0:0:0:0:FFFF:${hex(a * 256 + b)}:${hex(c * 256 + d)}]`,
        ];
        for (const host of spellings)
          expect([host, refused(`ws://${host}`)]).toEqual([host, !plain]);
        expect(isNear(parts.join('.'))).toBe(plain);
      }),
      { seed: 20, numRuns: 300 },
    );
  });

  const scheme = fc.constantFrom('ws://', 'wss://', 'WS:', 'wss:\\\\');
  const word = fc.constantFrom('local', 'Pi', 'com', 'localhost', '127', '0x7f', '1', '300', '');
  const labels = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join('.'));

  test('what was read reads the same again', () => {
    fc.assert(
      fc.property(scheme, labels, fc.nat(70_000), (protocol, host, port) => {
        const text = `${protocol}${host}:${port}`;
        try {
          const url = readGatewayUrl(text);
          expect(readGatewayUrl(url.text)).toEqual(url);
        } catch (error) {
          expect(error).toMatchObject({ code: 'usage' });
        }
      }),
      { seed: 21, numRuns: 500 },
    );
  });
});
