import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNetScene, type NetScene, PUBLIC } from './net-scene.ts';

const seen: IncomingMessage[] = [];
let web: Server;
let scene: NetScene;

beforeAll(async () => {
  web = createServer((asked, answer) => {
    seen.push(asked);
    answer.end(`hello ${asked.url} for ${asked.headers.host}\n`);
  });
  await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
  const { port } = web.address() as AddressInfo;
  scene = await makeNetScene({
    names: { 'allowed.example': [PUBLIC], 'other.example': [PUBLIC] },
    servers: { [`${PUBLIC}:80`]: port, [`${PUBLIC}:8080`]: port },
  });
});
afterAll(() => {
  web.closeAllConnections();
  web.close();
  scene.remove();
});

describe('a command in a jail that may reach a host', () => {
  it('reaches it, through http and through a tunnel, and atom counts the bytes', async () => {
    const { stdout, stderr, contacts } = await scene.speak(
      ['allowed.example'],
      'curl -sS http://allowed.example/a; curl -sSp http://allowed.example/b',
    );
    expect({ stdout, stderr }).toEqual({
      stdout: 'hello /a for allowed.example\nhello /b for allowed.example\n',
      stderr: '',
    });
    expect(contacts).toEqual({
      reached: [{ host: 'allowed.example:80', up: expect.any(Number), down: expect.any(Number) }],
      refused: [],
    });
    expect(contacts?.reached[0]?.up).toBeGreaterThan(100);
  });
});
