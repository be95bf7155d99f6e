import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import { hostAllowed, hostsWithin, parseHostPattern } from '../../src/domain/host-pattern.ts';

describe('a host that a jail may reach', () => {
  it('is named whole, with all names below it, or on one port', () => {
    expect(parseHostPattern('example.org')).toEqual({
      host: 'example.org',
      below: false,
      ports: [443, 80],
    });
    expect(parseHostPattern('*.example.org:8443')).toEqual({
      host: 'example.org',
      below: true,
      ports: [8443],
    });
    expect(parseHostPattern('xn--bcher-kva.example')).toMatchObject({ below: false });
  });

  it.each([
    ...['', '*', '*.', '*.com', '*:443', '*.*.example.org', 'a.*.org', 'example', 'localhost'],
    ...['db.localhost', 'localhost:80', 'Example.org', 'bücher.example', 'https://example.org'],
    ...['example.org/path', 'user@example.org', 'example.org:', 'example.org:0', 'example.org:080'],
    ...['example.org:65536', 'example.org:443:80', 'example.org.', '.example.org', 'a..org'],
    ...['-a.example.org', 'a-.example.org', 'a_b.example.org', 'exa mple.org', 'example.org\n'],
    ...['127.0.0.1', '127.1', '0x7f.0.0.1', '017700000001', '2130706433', 'a.0x7f', '10.1.2.3'],
    ...['172.16.0.1', '172.31.0.1:443', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...[
      '224.0.0.1',
      '255.255.255.255',
      '93.184.215.14',
      '*.93.184.215.14',
      '::1',
      '[::1]:80',
      '[2001:db8::1]',
    ],
  ])('is refused as %j', (text) => {
    expect(() => parseHostPattern(text)).toThrow(AtomError);
    expect(hostAllowed([text], text.replace(/^\*\.?/, ''), 443)).toBe(false);
  });

  it('says what to write instead', () => {
    expect(() => parseHostPattern('Example.org')).toThrow(/lower case/);
    expect(() => parseHostPattern('bücher.example')).toThrow(/xn--/);
    expect(() => parseHostPattern('10.0.0.1')).toThrow(/a name in place of an address/);
    expect(() => parseHostPattern('*')).toThrow(/example\.org/);
  });
});

describe('a host that a command asks for', () => {
  const patterns = ['example.org', '*.example.net', 'git.example.com:8443', 'nonsense'];

  it('is allowed where a pattern names it and the port', () => {
    expect(hostAllowed(patterns, 'example.org', 443)).toBe(true);
    expect(hostAllowed(patterns, 'EXAMPLE.org', 80)).toBe(true);
    expect(hostAllowed(patterns, 'a.b.example.net', 443)).toBe(true);
    expect(hostAllowed(patterns, 'git.example.com', 8443)).toBe(true);
  });

  it.each([
    ...[
      ['www.example.org', 443],
      ['example.org', 8443],
      ['example.net', 443],
    ],
    ...[
      ['notexample.net', 443],
      ['git.example.com', 443],
      ['evil.com\0.example.net', 443],
    ],
    ...[
      ['a.example.net.', 443],
      ['evil.com#.example.net', 443],
      ['127.0.0.1', 443],
      ['', 443],
    ],
  ] as [string, number][])('is refused otherwise: %j on %i', (host, port) => {
    expect(hostAllowed(patterns, host, port)).toBe(false);
    expect(hostAllowed([], host, port)).toBe(false);
  });
});

describe('one list of hosts lies within another', () => {
  it.each([
    [['example.org'], ['example.org'], true],
    [['example.org:443'], ['example.org'], true],
    [['example.org'], ['example.org:443'], false],
    [['example.org'], ['example.org:443', 'example.org:80'], true],
    [['a.example.org'], ['*.example.org'], true],
    [['*.a.example.org'], ['*.example.org'], true],
    [['*.example.org'], ['*.a.example.org'], false],
    [['example.org'], ['*.example.org'], false],
    [[], [], true],
    [['example.org'], [], false],
  ])('%j within %j: %s', (narrow, wide, within) => {
    expect(hostsWithin(narrow, wide)).toBe(within);
  });

  it('exactly where it allows no host that the other does not', () => {
    const names = ['example.org', 'a.example.org', 'b.a.example.org', 'example.net'];
    const ports = [80, 443, 8443];
    const patterns = fc.subarray(
      names.flatMap((name) => [name, `*.${name}`, `${name}:80`, `*.${name}:8443`]),
      { maxLength: 4 },
    );
    const hosts = [...names, ...names.map((name) => `x.${name}`), 'y.x.b.a.example.org'];
    fc.assert(
      fc.property(patterns, patterns, (narrow, wide) => {
        const more = hosts.some((host) =>
          ports.some((p) => hostAllowed(narrow, host, p) && !hostAllowed(wide, host, p)),
        );
        expect(hostsWithin(narrow, wide)).toBe(!more);
      }),
    );
  });
});
