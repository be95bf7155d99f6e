import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type NetStage, openNet, PLAIN, PUBLIC } from './net-stage.ts';

let net: NetStage;
beforeAll(async () => {
  net = await openNet();
});
beforeEach(() => {
  net.names.clear();
  net.dialled.length = 0;
  net.asked.length = 0;
});
afterAll(() => net.close());

const A = 'http://a.example';

describe('what is fetched', () => {
  it('is a page as text, with its title and where it came from', async () => {
    net.serve((asked, answer) => {
      answer.setHeader('content-type', 'text/html; charset=iso-8859-1');
      answer.setHeader('set-cookie', 'id=1');
      answer.end(Buffer.from('<title>Caf\xe9</title><h1>Hi</h1><a href="/x">more</a>', 'latin1'));
      expect(asked.headers).toMatchObject({ host: 'a.example', connection: 'close' });
      expect(asked.headers.cookie).toBeUndefined();
    });
    const got = await net.fetch({ url: `${A}/p?q=1#part` });
    expect(got).toMatchObject({
      url: `${A}/p?q=1`,
      status: 200,
      type: 'text/html',
      kind: 'page',
      title: 'Café',
      text: '# Hi\n\nmore (http://a.example/x)',
      truncated: false,
      passed: [],
    });
    expect(got.headers['set-cookie']).toBeUndefined();
    expect(net.dialled).toEqual([`${PUBLIC}:80`]);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('is unpacked: %s', async (coding, pack) => {
    net.serve((_, answer) => {
      answer.setHeader('content-encoding', coding);
      answer.setHeader('content-type', 'application/json');
      answer.end(pack('{"a":1}'));
    });
    expect(await net.fetch({ url: A })).toMatchObject({ text: '{"a":1}', kind: 'text', bytes: 7 });
  });

  it('is told of by its kind where it is neither a page nor text', async () => {
    net.serve((_, answer) => {
      answer.setHeader('content-type', 'application/pdf');
      answer.end('%PDF-1.7');
    });
    const got = await net.fetch({ url: A });
    expect(got.kind).toBe('other');
    expect(got.text).toContain('application/pdf, 8 bytes');
  });

  it('stays as it is where its source is asked for', async () => {
    net.serve((_, answer) => answer.setHeader('content-type', 'text/html').end('<b>x</b>'));
    expect((await net.fetch({ url: A, form: 'source' })).text).toBe('<b>x</b>');
  });

  it('keeps its status, whatever that is', async () => {
    net.serve((_, answer) => answer.writeHead(404, { 'content-type': 'text/plain' }).end('gone'));
    expect(await net.fetch({ url: A })).toMatchObject({ status: 404, text: 'gone' });
  });

  it('may be sent a body and headers, which are no part of what is kept where they hold keys', async () => {
    let got: IncomingMessage | undefined;
    let body = '';
    net.serve(async (asked, answer) => {
      got = asked;
      body = await text(asked);
      answer.end();
    });
    const wish = { url: A, method: 'post', body: '{"a":1}', headers: { 'X-Api-Key': 'k-12345' } };
    await net.fetch(wish);
    expect(got?.headers).toMatchObject({ 'x-api-key': 'k-12345', 'content-length': '7' });
    expect(got?.headers['content-type']).toBe('application/json');
    expect([got?.method, body]).toEqual(['POST', '{"a":1}']);
    const prepared = await net.prepare(wish);
    expect(JSON.stringify(prepared)).not.toContain('k-12345');
    expect(prepared.resource).toMatchObject({
      headers: { 'x-api-key': 'not shown (7 characters)' },
    });
    await expect(net.prepare(prepared.resource)).rejects.toThrow('which is not kept');
    // Another key is another request.
    const other = await net.prepare({ ...wish, headers: { 'X-Api-Key': 'k-54321' } });
    expect(other.facts).not.toEqual(prepared.facts);
  });
});

describe('an address', () => {
  it.each([
    ['https://user:pw@a.example/', 'a user or a password'],
    ['ftp://a.example/', 'must begin with https://'],
    ['file:///etc/passwd', 'must begin with https://'],
    ['javascript:alert(1)', 'must begin with https://'],
    ['a.example', 'cannot be read'],
    ['https://a.example/a b', 'white space'],
    ['https://a.exam\tple/', 'white space'],
    ['https://a.example\\@b.example/', 'backslash'],
    ['https://a.example:0/', 'port 0'],
    ['http://c.other/', 'without TLS'],
    ['https://a.example:25/', 'not one of the web'],
    [`https://a.example/${'x'.repeat(5000)}`, 'more than 4096'],
  ])('is refused before anything is decided: %s', async (url, why) => {
    await expect(net.prepare({ url })).rejects.toThrow(why);
  });

  it.each([
    ...['127.0.0.1', '127.1', '2130706433', '0177.0.0.1', '0x7f.1', '0x7f000001', '0'],
    ...['10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '224.0.0.1'],
    ...['[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:a9fe:a9fe]', '[64:ff9b::7f00:1]'],
    ...[
      '[fe80::1]',
      '[fc00::1]',
      '[fd00:ec2::254]',
      '[2002:7f00:1::]',
      '127.0.0.1.',
      '１２７.0.0.1',
    ],
  ])('of this machine or of a private network leads nowhere: %s', async (host) => {
    await expect(net.fetch({ url: `https://${host}/` })).rejects.toThrow('of a private network');
    expect(net.dialled).toEqual([]);
  });

  it.each([
    [['127.0.0.1']],
    [['10.0.0.7', '::1']],
    [['169.254.169.254']],
    [['::ffff:127.0.0.1']],
    [['fe80::1%eth0']],
  ])('that a name stands for is looked at as well: %j', async (addresses) => {
    net.names.set('a.example', [addresses]);
    await expect(net.fetch({ url: A })).rejects.toThrow('of a private network');
    expect(net.dialled).toEqual([]);
  });

  it('is looked up once, so that a name cannot come to mean another one', async () => {
    net.names.set('a.example', [[PUBLIC], ['127.0.0.1']]);
    net.serve((asked, answer) =>
      asked.url === '/' ? answer.writeHead(302, { location: '/next' }).end() : answer.end('here'),
    );
    expect(await net.fetch({ url: `${A}/` })).toMatchObject({ text: 'here', passed: [`${A}/`] });
    expect(net.asked).toEqual(['a.example']);
    expect(net.dialled).toEqual([`${PUBLIC}:80`, `${PUBLIC}:80`]);
  });

  it('of the owner’s own networks is reached where the owner wrote it down, with its port', async () => {
    const own = `127.0.0.1:${net.port}`;
    net.serve((_, answer) => answer.end('home'));
    const settings = { ...PLAIN, private: [own] };
    expect((await net.fetch({ url: `http://${own}/` }, { settings })).text).toBe('home');
    // Nobody else's name leads there.
    net.names.set('a.example', [['127.0.0.1']]);
    const as = { url: `https://a.example:${net.port}/` };
    await expect(net.fetch(as, { settings })).rejects.toThrow('of a private network');
    await expect(net.fetch({ url: 'https://127.0.0.1/' }, { settings })).rejects.toThrow('private');
    const named = { ...PLAIN, private: [`nas.local:${net.port}`] };
    net.names.set('nas.local', [['127.0.0.1']]);
    const nas = { url: `http://nas.local:${net.port}/` };
    expect((await net.fetch(nas, { settings: named })).text).toBe('home');
    net.names.set('nas.local', [['169.254.169.254']]);
    await expect(net.fetch(nas, { settings: named })).rejects.toThrow('private');
  });
});

describe('what leads on', () => {
  const leadTo = (location: string, status = 302) =>
    net.serve((asked, answer) => {
      if (asked.url === '/') answer.writeHead(status, { location }).end();
      else answer.end(`${asked.method} ${asked.headers.host} ${asked.headers['x-api-key'] ?? '-'}`);
    });

  it.each([
    ['to this machine', 'http://127.0.0.1/x', 'at another host'],
    ['to this machine with TLS', 'https://127.0.0.1/x', 'at another host'],
    ['to a host that was not allowed', 'https://c.example/x', 'at another host'],
    ['to another port', 'https://a.example:8443/x', 'at another host'],
    ['to a file', 'file:///etc/passwd', 'cannot be fetched'],
    ['with a password', 'https://u:p@a.example/x', 'cannot be fetched'],
  ])('is not followed %s', async (_, location, why) => {
    leadTo(location);
    await expect(net.fetch({ url: `${A}/` })).rejects.toThrow(why);
    expect(net.dialled).toHaveLength(1);
  });

  it('is followed to a host that was allowed, without keys', async () => {
    leadTo('http://b.example/x');
    const wish = { url: `${A}/`, headers: { 'x-api-key': 'secret' } };
    expect(await net.fetch(wish)).toMatchObject({
      url: 'http://b.example/x',
      text: 'GET b.example -',
      passed: [`${A}/`],
    });
    leadTo('/x');
    expect((await net.fetch(wish)).text).toBe('GET a.example secret');
  });

  it('is followed to the same site with www., though that was not named', async () => {
    leadTo('http://www.c.example/x');
    expect((await net.fetch({ url: 'http://c.example/' })).text).toBe('GET www.c.example -');
  });

  it.each([
    [301, 'GET a.example -'],
    [303, 'GET a.example -'],
    [307, 'POST a.example -'],
  ])('after a body: %s', async (status, expected) => {
    leadTo('/x', status);
    const wish = { url: `${A}/`, method: 'POST', body: 'words' };
    expect((await net.fetch(wish)).text).toBe(expected);
    leadTo('http://b.example/x', status);
    if (status === 307) await expect(net.fetch(wish)).rejects.toThrow('with what was sent');
    else expect((await net.fetch(wish)).text).toBe(expected.replace('a.', 'b.'));
  });

  it('is not followed for ever', async () => {
    net.serve((_, answer) => answer.writeHead(302, { location: '/' }).end());
    await expect(net.fetch({ url: A })).rejects.toThrow('leads on and on');
    expect(net.dialled).toHaveLength(6);
  });
});

describe('a server that means no good', () => {
  it('unpacks to no more than two megabytes', async () => {
    const bomb = gzipSync(Buffer.alloc(60_000_000, 'a'));
    net.serve((_, answer) => {
      answer.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain' }).end(bomb);
    });
    const got = await net.fetch({ url: A });
    expect(got).toMatchObject({ bytes: 2_000_000, truncated: true });
    expect(got.text).toHaveLength(262_144);
  });

  it.each([
    ['packs twice', { 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync('a')), 'packed as'],
    ['packs as nobody does', { 'content-encoding': 'zip' }, 'a', 'packed as zip'],
    ['packs wrongly', { 'content-encoding': 'gzip' }, 'no gzip', 'broke off'],
    ['says more than it has', { 'content-length': '9' }, 'a', 'broke off'],
    ['has endless headers', { 'x-long': 'x'.repeat(40_000) }, 'a', 'too long'],
  ])('is told of where it %s', async (_, headers, body, why) => {
    net.serve((_, answer) => {
      answer.writeHead(200, headers as never);
      answer.write(body);
      answer.socket?.end();
    });
    await expect(net.fetch({ url: A })).rejects.toThrow(why);
  });

  it('is not waited for', async () => {
    net.serve((_, answer) => {
      answer.writeHead(200, { 'content-type': 'text/plain' }).write('a');
    });
    await expect(net.fetch({ url: A }, { wholeMs: 60 })).rejects.toThrow('took longer than 0.06 s');
    net.serve(() => undefined);
    await expect(net.fetch({ url: A }, { wholeMs: 60 })).rejects.toThrow('took longer');
    const outside = { ...net.outside, resolve: () => new Promise<never>(() => undefined) };
    await expect(net.fetch({ url: A }, { wholeMs: 60, outside })).rejects.toThrow('took longer');
    const stop = AbortSignal.abort(new Error('stopped by its owner'));
    await expect(net.fetch({ url: A }, {}, stop)).rejects.toThrow('stopped by its owner');
  });

  it('has no TLS that can be trusted where it has none', async () => {
    net.serve((_, answer) => answer.end('no TLS'));
    await expect(net.fetch({ url: 'https://a.example/' })).rejects.toThrow(
      'no TLS that can be trusted',
    );
  });
});
