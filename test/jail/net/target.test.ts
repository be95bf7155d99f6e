import { describe, expect, it } from 'vitest';
import { connectTarget, requestTarget, targetText } from '../../../src/jail/net/target.ts';

describe('what CONNECT names', () => {
  it('is a host and a port', () => {
    expect(connectTarget('Example.ORG:443')).toEqual({ host: 'example.org', port: 443 });
    expect(connectTarget('[2606:4700::1]:8443')).toEqual({ host: '2606:4700::1', port: 8443 });
  });

  it.each([
    ...['', 'example.org', ':443', 'example.org:', 'example.org:0', 'example.org:65536'],
    ...['example.org:443:80', 'example.org:-1', 'example.org:4 3', 'user@example.org:443'],
    ...['http://example.org:443', 'example.org/x:443', 'example.org:443/', '::1:443', '[::1]'],
    ...['[::1%lo]:80', '[example.org]:80', 'exa\u200bmple.org:443', 'bücher.example:443'],
    ...['example.org\t:443', 'example.org#:443', 'example.org?:443', `${'a'.repeat(254)}:443`],
  ])('is nothing else: %j', (authority) => expect(connectTarget(authority)).toBeUndefined());
});

describe('what a request names', () => {
  it('is a host, a port and a path', () => {
    expect(requestTarget('http://Example.org/a/b?c=d')).toEqual({
      target: { host: 'example.org', port: 80 },
      path: '/a/b?c=d',
    });
    expect(requestTarget('http://example.org:8080')).toEqual({
      target: { host: 'example.org', port: 8080 },
      path: '/',
    });
    expect(requestTarget('HTTP://example.org?q')?.path).toBe('/?q');
  });

  it.each([
    ...['', '/', '/path', '*', 'example.org', 'https://example.org/', 'ftp://example.org/'],
    ...['http://', 'http:///x', 'http:example.org/', 'http://user@example.org/'],
    ...['http://example.org@evil.example/', 'http://example.org:80@evil.example/'],
    ...['http://example.org:80:90/', 'http://example.org\\@evil.example/', 'http://a b/'],
    ...['http://example.org%00.evil.example/', 'http://example.org#@evil.example/'],
    ...['http://example.org\n/', ' http://example.org/', 'file:///etc/passwd'],
  ])('is nothing else: %j', (url) => expect(requestTarget(url)).toBeUndefined());

  it('is shown as it was named', () => {
    expect(targetText({ host: '::1', port: 80 })).toBe('[::1]:80');
    expect(targetText({ host: 'a.example', port: 80 })).toBe('a.example:80');
  });
});
