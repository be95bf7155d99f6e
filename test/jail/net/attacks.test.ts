import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as Tcp } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeNetScene, type NetScene, PUBLIC } from './net-scene.ts';

const hits: string[] = [];
const names: Record<string, readonly string[]> = {};
const servers: Record<string, number> = {};
let web: Server;
let loopback: Tcp;
let scene: NetScene;
let touched = 0;

const portOf = (server: Tcp): number => (server.address() as AddressInfo).port;
const listen = (server: Tcp): Promise<void> =>
  new Promise((done) => server.listen(0, '127.0.0.1', done));

beforeAll(async () => {
  web = createServer((asked, answer) => {
    hits.push(`${asked.headers.host}${asked.url}`);
    answer.end('reached\n');
  });
  // What a command must never come to: something that listens on this machine.
  loopback = createTcpServer((socket) => {
    touched += 1;
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nESCAPED');
  });
  await Promise.all([listen(web), listen(loopback)]);
  servers[`${PUBLIC}:80`] = portOf(web);
  scene = await makeNetScene({ names, servers });
});
beforeEach(() => {
  hits.length = 0;
  touched = 0;
  for (const name of Object.keys(names)) delete names[name];
  names['a.example'] = [PUBLIC];
});
afterAll(() => {
  web.closeAllConnections();
  web.close();
  loopback.close();
  scene.remove();
});

const speak = (script: string, hosts = ['a.example']) => scene.speak(hosts, script);

/** A program in the jail that speaks to the proxy in its own way: `open` resolves to all that came back. */
const script = (code: string): string => `cat > try.js <<'END'
const net = require('node:net');
const open = (text) => new Promise((done) => {
  let all = '';
  const socket = net.connect(3128, '127.0.0.1', () => socket.write(text));
  socket.on('data', (part) => (all += part)).on('error', () => undefined);
  socket.on('close', () => done(all));
});
const say = (text) => console.log(text.split('\\r\\n')[0]);
${code}
END
/opt/atom/node try.js`;

describe('a command that may reach one host', () => {
  it.each([
    ['another host', 'curl -sSp http://b.example/'],
    ['a name that only begins like it', 'curl -sS http://a.example.evil.example/'],
    ['a name below it', 'curl -sS http://x.a.example/'],
    ['another port', 'curl -sSp http://a.example:22/'],
    ['the metadata of a cloud', 'curl -sS http://169.254.169.254/latest/meta-data/'],
    ['an IPv6 address', 'curl -sSp "http://[::1]:80/"'],
    ['an address in another form', 'curl -sS http://2130706433/; curl -sS http://0x7f.1/'],
    ['this machine by name', 'curl -sSp http://localhost/'],
  ])('does not reach %s', async (_what, script) => {
    names['b.example'] = [PUBLIC];
    const { stdout, contacts } = await speak(script);
    expect(stdout).not.toContain('reached');
    expect(hits).toEqual([]);
    expect(contacts?.reached).toEqual([]);
    expect(contacts?.refused.length).toBeGreaterThan(0);
  });

  it('does not reach what it names in other ways, by user name or in its Host', async () => {
    const { stdout } = await speak(
      script(`
        (async () => {
          const end = '\\r\\nConnection: close\\r\\n\\r\\n';
          say(await open('GET http://a.example@b.example/ HTTP/1.1\\r\\nHost: a.example' + end));
          say(await open('CONNECT b.example:80 HTTP/1.1\\r\\nHost: a.example:80' + end));
          say(await open('GET / HTTP/1.1\\r\\nHost: a.example' + end));
          say(await open('GET http://a.example/x HTTP/1.1\\r\\nHost: b.example' + end));
        })();`),
    );
    expect(stdout.split('\n')).toEqual([
      'HTTP/1.1 400 Bad Request',
      'HTTP/1.1 403 Forbidden by atom',
      'HTTP/1.1 400 Bad Request',
      'HTTP/1.1 200 OK',
      '',
    ]);
    expect(hits).toEqual(['a.example/x']);
  });

  it.each([
    ...['127.0.0.1', '10.1.2.3', '192.168.0.1', '169.254.169.254', '::1', 'fe80::1', 'fd00::1'],
    ...['::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '0.0.0.0', '100.64.0.1'],
  ])('does not reach %s where its host has that address', async (address) => {
    names['a.example'] = [address];
    scene.dialled.length = 0;
    servers[`${address}:80`] = portOf(loopback);
    const { stdout } = await speak('curl -sS http://a.example/; curl -sSp http://a.example/');
    expect(stdout).toContain('is an address of this machine or of a private network');
    expect(stdout).not.toContain('ESCAPED');
    expect([touched, scene.dialled]).toEqual([0, []]);
  });

  it('reaches only the public one of several addresses', async () => {
    names['a.example'] = ['127.0.0.1', PUBLIC, '10.0.0.1'];
    scene.dialled.length = 0;
    const { stdout } = await speak('curl -sS http://a.example/');
    expect([stdout, scene.dialled]).toEqual(['reached\n', [`${PUBLIC}:80`]]);
  });

  it('reaches the address that was checked, however its name is answered next', async () => {
    const answers = [[PUBLIC], ['127.0.0.1'], ['127.0.0.1']];
    Object.defineProperty(names, 'a.example', {
      configurable: true,
      enumerable: true,
      get: () => answers.shift(),
    });
    servers['127.0.0.1:80'] = portOf(loopback);
    const { stdout } = await speak('curl -sS http://a.example/1; curl -sSp http://a.example/2');
    expect([stdout, touched]).toEqual(['reached\nreached\n', 0]);
  });

  it('is told what its owner could do', async () => {
    const { stdout, contacts } = await speak('curl -sS http://b.example/');
    const why =
      'b.example:80 is not among the hosts of this jail. Its owner can allow it: atom jails set work --network a.example,b.example';
    expect(stdout).toBe(`atom: ${why}\n`);
    expect(contacts?.refused).toEqual([{ host: 'b.example:80', why }]);
  });
});

describe('there is no other way out', () => {
  it('past the proxy', async () => {
    const { stdout } = await speak(
      `for at in 127.0.0.1:${portOf(loopback)} 1.1.1.1:80 [::1]:${portOf(loopback)}; do curl -sS -m 2 --noproxy '*' http://$at/; done; echo over`,
    );
    expect([stdout, touched]).toEqual(['over\n', 0]);
  });

  it('through a descriptor: the command has none but its own three', async () => {
    const { stdout } = await speak(
      'for i in 3 4 5 6 7 8 9; do (echo x >&$i) 2>/dev/null && echo $i; done; env | grep -c CHANNEL',
    );
    expect(stdout).toBe('0\n');
  });

  it('for a look, and for whoever does not say that it speaks to somebody', async () => {
    const jail = { ...scene.jail, network: ['a.example'] };
    const { stdout, contacts } = await scene.sh(
      'curl -sS -m 2 -x http://127.0.0.1:3128 http://a.example/; env',
      { jail },
    );
    expect(stdout).not.toMatch(/reached|3128/);
    expect([contacts, hits]).toEqual([undefined, []]);
  });
});

describe('a command that tries to wear its proxy out', () => {
  it('by 1,000 connections is served 64 at once, and goes on afterwards', async () => {
    const { stdout, contacts } = await speak(
      script(`
        const all = Array.from({ length: 1000 }, () => net.connect(3128, '127.0.0.1').on('error', () => {}));
        const gone = all.map((s) => new Promise((done) => s.once('close', done)));
        let closed = 0; for (const one of gone) one.then(() => { if (++closed === 936) { for (const s of all) s.destroy(); } });
        Promise.all(gone).then(async () => {
          // Until the gateway has seen that they are gone.
          const once = 'GET http://a.example/ HTTP/1.1\\r\\nHost: a.example\\r\\nConnection: close\\r\\n\\r\\n';
          while (!(await open(once)).includes('reached'));
          console.log('served');
          process.exit();
        });`),
    );
    expect(stdout).toBe('served\n');
    expect(contacts?.refused).toEqual([
      { host: 'too many', why: 'more connections at once than there may be' },
    ]);
  });

  it('by connecting without end does not keep the gateway from anything else', async () => {
    const flood = speak(
      script(`
        const begun = () => net.connect(3128, '127.0.0.1').on('error', () => {}).on('close', again);
        const again = () => require('node:fs').existsSync('stop') ? process.exit() : begun();
        for (let i = 0; i < 500; i++) begun();
        require('node:fs').writeFileSync('begun', '');`),
    );
    await expect
      .poll(() => existsSync(join(scene.jail.folder, 'begun')), { timeout: 25_000 })
      .toBe(true);
    // A gateway that were kept busy would never come to this.
    for (let turn = 0; turn < 500; turn++) await new Promise((done) => setTimeout(done, 0));
    writeFileSync(join(scene.jail.folder, 'stop'), '');
    expect((await flood).ending).toEqual({ kind: 'exit', code: 0 });
  });

  it('by headers without end, or bytes that mean nothing, loses that connection only', async () => {
    const { stdout } = await speak(
      script(`
        (async () => {
          say(await open('GET http://a.example/ HTTP/1.1\\r\\nX: ' + 'x'.repeat(200000)));
          say(await open('\\0\\xff\\x16\\x03\\x01PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n'));
          say(await open('PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n'));
          say(await open('CONNECT  HTTP/1.1\\r\\n\\r\\n'));
          say(await open('GET http://a.example/ HTTP/1.1\\r\\nHost: a.example\\r\\nConnection: close\\r\\n\\r\\n'));
        })();`),
    );
    expect(stdout.split('\n')).toEqual([
      'HTTP/1.1 431 Request Header Fields Too Large',
      ...Array(3).fill('HTTP/1.1 400 Bad Request'),
      'HTTP/1.1 200 OK',
      '',
    ]);
  });

  it('by requests hidden in requests reaches its host once, or not at all', async () => {
    const hidden = 'GET http://a.example/hidden HTTP/1.1\\r\\nHost: a.example\\r\\n\\r\\n';
    const { stdout } = await speak(
      script(`
        (async () => {
          const begin = 'POST http://a.example/x HTTP/1.1\\r\\nHost: a.example\\r\\nConnection: close\\r\\n';
          say(await open(begin + 'Content-Length: 4\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n${hidden}'));
          say(await open(begin + 'Content-Length: 4\\r\\nContent-Length: 5\\r\\n\\r\\nabcd${hidden}'));
          say(await open(begin + 'Transfer-Encoding: chunked, identity\\r\\n\\r\\n0\\r\\n\\r\\n${hidden}'));
          say(await open(begin + 'Content-Length : 4\\r\\n\\r\\nabcd${hidden}'));
          say(await open(begin + 'X: a\\nHost: b.example\\r\\n\\r\\n${hidden}'));
        })();`),
    );
    expect(stdout.split('\n')).toEqual([...Array(5).fill('HTTP/1.1 400 Bad Request'), '']);
    expect(hits.filter((hit) => hit.includes('hidden'))).toEqual([]);
  });

  it('leaves nothing behind that listens or is connected', async () => {
    const { ending } = await speak(
      "/opt/atom/node -e \"const s = require('net').connect(3128, '127.0.0.1', () => process.exit(3))\"",
    );
    expect(ending).toEqual({ kind: 'exit', code: 3 });
    const held = (): readonly string[] =>
      process.getActiveResourcesInfo().filter((name) => /TCP(Server|Socket)/.test(name));
    // The two servers of this test.
    await expect.poll(() => held().filter((name) => name.includes('Server')).length).toBe(2);
  });
});
