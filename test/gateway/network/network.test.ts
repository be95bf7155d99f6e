import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/base/json.ts';
import { checkConfig } from '../../../src/config/check.ts';
import { freshFolder } from '../../store/fresh.ts';
import { open, setNetwork } from './stage.ts';

describe('the port', () => {
  test('is open only while somebody could connect', async () => {
    const { network, url, need, program, client } = await setNetwork();
    const one = client();
    await one.token(program('p1'));
    need(false);
    expect(await network.settle()).toEqual({ state: 'off' });
    expect((await one.closed).code).toBe(1001);
    expect((await open(url).closed).code).toBe(1006);
    need(true);
    expect(await network.settle()).toMatchObject({ state: 'listening' });
  });

  test('that is taken is told of with whose it is, and taken once it is free', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const { network, lines } = await setNetwork({ gateway: { port } });
    const status = network.status();
    expect(status).toMatchObject({
      state: 'failed',
      next: [expect.stringContaining('gateway.port'), expect.anything()],
    });
    const reason = status.state === 'failed' ? status.reason : '';
    expect(reason).toContain(`Port ${port} of 127.0.0.1 is taken`);
    if (existsSync('/proc/net/tcp')) expect(reason).toContain(`pid ${process.pid}`);
    await network.settle();
    expect(lines.filter((line) => line.includes('taken'))).toHaveLength(1);
    await new Promise((resolve) => taken.close(resolve));
    expect(await network.settle()).toMatchObject({ state: 'listening' });
  });

  test('of an address that is not ours is told of', async () => {
    const { network } = await setNetwork({
      gateway: { host: '192.0.2.1', trustedProxy: ['127.0.0.1'] },
    });
    expect(network.status()).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('192.0.2.1'),
    });
  });
});

describe('TLS', () => {
  const certificate = () => {
    const folder = freshFolder();
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'],
        ...['-keyout', key, '-out', cert],
      ],
      { stdio: 'ignore' },
    );
    chmodSync(key, 0o600);
    return { cert, key };
  };

  test('carries everything, and plain text nothing', async (context) => {
    if (!hasOpenssl()) return context.skip('there is no openssl here to make a certificate with');
    const tls = certificate();
    const { url, client, program } = await setNetwork({ gateway: { tls } });
    expect(url).toMatch(/^wss:/);
    const one = client({ ca: readFileSync(tls.cert) });
    expect((await one.token(program('p1'))).ok).toBe(true);
    expect((await open(url.replace('wss', 'ws')).closed).code).toBe(1006);
    const old = open(url, { ca: readFileSync(tls.cert), maxVersion: 'TLSv1.1' });
    expect((await old.closed).code).toBe(1006);
  });

  test('with a key that others may read is refused', async (context) => {
    if (!hasOpenssl()) return context.skip('there is no openssl here to make a certificate with');
    const tls = certificate();
    chmodSync(tls.key, 0o640);
    const { network } = await setNetwork({ gateway: { tls } });
    expect(network.status()).toEqual({
      state: 'failed',
      reason: `gateway.tls.key: others may read ${tls.key}.`,
      next: [`chmod 600 ${tls.key}`],
    });
  });

  test('without its files is told of', async () => {
    const tls = { cert: '/nowhere/cert.pem', key: '/nowhere/key.pem' };
    const { network } = await setNetwork({ gateway: { tls } });
    expect(network.status()).toMatchObject({ reason: expect.stringContaining('gateway.tls.cert') });
  });
});

describe('the settings', () => {
  const problems = (gateway: object): string => {
    const checked = checkConfig({ version: 1, gateway: gateway as Json });
    return checked.ok ? '' : JSON.stringify(checked.problems);
  };

  test('reach beyond this machine only with TLS or behind a proxy', () => {
    expect(problems({ host: '0.0.0.0' })).toMatch(/gateway\.host.*tls.*trustedProxy/);
    expect(problems({ host: '192.168.1.5' })).toMatch(/gateway\.host/);
    expect(problems({ host: '0.0.0.0', tls: { cert: '/c', key: '/k' } })).toBe('');
    expect(problems({ host: '0.0.0.0', trustedProxy: ['10.0.0.1'] })).toBe('');
    expect(problems({ host: '::1' })).toBe('');
  });

  test.each([
    { host: 'example.com' },
    { port: 70_000 },
    { publicUrl: 'ws://atom.example.com' },
    { publicUrl: 'wss://atom.example.com/path' },
    { origins: ['https://page.example.com/'] },
    { origins: ['*'] },
    { trustedProxy: ['proxy'] },
    { tls: { cert: 'cert.pem', key: '/k' } },
  ])('are refused where they say %j', (gateway) => {
    expect(problems(gateway)).toMatch(/gateway\./);
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
