import { existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLauncher } from '../../../src/jail/launch.ts';
import { makeNetScene, type NetScene, PUBLIC } from './net-scene.ts';

const servers: Server[] = [];
const ports: Record<string, number> = {};
let scene: NetScene;

/** Answers with a file of the jail, where there is one, or with what it was asked. */
const answerer: RequestListener = (asked, answer) => {
  const file = join(scene.jail.folder, normalize(`/${asked.url?.split('?', 1)[0] ?? ''}`));
  if (file.includes('.git/')) {
    if (existsSync(file)) return void answer.end(readFileSync(file));
    return void answer.writeHead(404).end();
  }
  let body = '';
  asked
    .on('data', (part) => (body += part))
    .on('end', () => answer.end(`${asked.method} ${asked.headers.host}${asked.url} ${body}\n`));
};

async function serve(server: Server, at: string): Promise<void> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ports[at] = (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  scene = await makeNetScene({ names: { 'a.example': [PUBLIC] }, servers: ports });
  await scene.sh(
    `openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -subj /CN=a.example`,
  );
  const read = (name: string): Buffer => readFileSync(join(scene.jail.folder, name));
  await serve(createServer(answerer), `${PUBLIC}:80`);
  const tls = createTlsServer({ key: read('key'), cert: read('cert') }, answerer);
  await serve(tls as unknown as Server, `${PUBLIC}:443`);
}, 60_000);
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  scene.remove();
});

/** What a script that may speak to a.example printed; all of it, so that a complaint is seen. */
const said = async (script: string): Promise<string> => {
  const { stdout, stderr } = await scene.speak(['a.example'], script);
  return stdout + stderr;
};

describe('in a jail that may reach a host, ordinary programs do', () => {
  it('curl, by http and through a tunnel, and atom counts the bytes', async () => {
    const { stdout, contacts } = await scene.speak(
      ['a.example'],
      'curl -sS http://a.example/a; curl -sSkd x=1 https://a.example/b?c',
    );
    expect(stdout).toBe('GET a.example/a \nPOST a.example/b?c x=1\n');
    const bytes = expect.any(Number);
    expect(contacts).toEqual({
      reached: [
        { host: 'a.example:80', up: bytes, down: bytes },
        { host: 'a.example:443', up: bytes, down: bytes },
      ],
      refused: [],
    });
    for (const { up, down } of contacts?.reached ?? [])
      expect([up > 70, down > 70]).toEqual([true, true]);
  });

  it('curl, with a body in chunks', async () => {
    const script = `echo hello | curl -sS -H 'Transfer-Encoding: chunked' -d @- http://a.example/`;
    expect(await said(script)).toBe('POST a.example/ hello\n');
  });

  it('python', async () => {
    const script = `python3 -c "import urllib.request as u; print(u.urlopen('http://a.example/p').read().decode(), end='')"`;
    expect(await said(script)).toBe('GET a.example/p \n');
  });

  it('node', async () => {
    const script = `/opt/atom/node -e "fetch('http://a.example/n').then(r => r.text()).then(t => process.stdout.write(t))"`;
    expect(await said(script)).toBe('GET a.example/n \n');
  });

  it('git', async () => {
    await scene.sh(
      [
        'git init -q made && cd made && echo hi > a.txt && git add .',
        'git -c user.name=n -c user.email=e commit -qm one',
        'git clone -q --bare . ../there.git && git --git-dir=../there.git update-server-info',
      ].join('; '),
    );
    const script = 'git clone -q http://a.example/there.git here && cat here/a.txt';
    expect(await said(script)).toBe('hi\n');
  });
});

describe('a command with a network is otherwise as it is without', () => {
  const same = async (script: string) => {
    const without = await scene.sh(script);
    const { contacts: _, ...within } = await scene.speak(['a.example'], script);
    const told = ({ ms: _ms, limits: _limits, ...rest }: typeof without) => rest;
    expect(told(within)).toEqual(told(without));
    return without;
  };

  it.each(['exit 0', 'exit 7', 'exit 255', 'kill -9 $$', 'kill -TERM $$', 'kill -SEGV $$'])(
    'in how it ends: %s',
    async (script) => {
      await same(script);
    },
  );

  it('in what it prints, and in broken pipes', async () => {
    await same('echo out; echo err >&2; yes | head -1; printf "\\377\\0"');
  });

  it('in the signals that it heeds, and in the processes and descriptors that it finds', async () => {
    const { stdout } = await same(
      `cat /proc/self/status | grep -E 'Sig(Blk|Ign)'; ls /proc/self/fd; set -- /proc/[0-9]*; echo $#; tr '\\0' ' ' < /proc/2/cmdline`,
    );
    expect(stdout).toContain('SigIgn:\t0000000000000000');
    expect(stdout).not.toContain('node');
  });

  it('in what it is given', async () => {
    const more = { stdin: 'from before\n' };
    expect((await scene.speak(['a.example'], 'cat', more)).stdout).toBe('from before\n');
  });

  it('in its environment, but for the proxy', async () => {
    const [plain, within] = await Promise.all([
      scene.sh('env | sort'),
      scene.speak(['a.example'], 'env | sort'),
    ]);
    const added = within.stdout.split('\n').filter((line) => !plain.stdout.includes(line));
    expect(added).toEqual([
      'HTTPS_PROXY=http://127.0.0.1:3128',
      'HTTP_PROXY=http://127.0.0.1:3128',
      'NODE_USE_ENV_PROXY=1',
      'http_proxy=http://127.0.0.1:3128',
      'https_proxy=http://127.0.0.1:3128',
      'npm_config_https_proxy=http://127.0.0.1:3128',
      'npm_config_proxy=http://127.0.0.1:3128',
    ]);
  });

  it('in its limits', async () => {
    const script = 'truncate -s 200M big';
    // Large, because the disk is watched too, and others write to it.
    const limits = { fileBytes: 100_000_000 };
    const without = await scene.sh(script, { limits });
    const { ending, stderr } = await scene.speak(['a.example'], script, { limits });
    expect({ ending, stderr }).toEqual({ ending: without.ending, stderr: without.stderr });
    expect(without.ending).not.toEqual({ kind: 'exit', code: 0 });
    const slow = await scene.speak(['a.example'], 'sleep 60', { limits: { wallMs: 2000 } });
    expect(slow.ending).toEqual({ kind: 'time' });
  });
});

describe('a jail whose network cannot be set up', () => {
  it('runs nothing, and says so', async () => {
    const broken = { ...scene.network, nodePath: '/bin/false' };
    const launch = createLauncher({ ...scene.netDeps, network: broken });
    const argv = ['/bin/sh', '-c', 'touch ran'];
    const request = { jail: scene.jail, cwd: scene.jail.folder, argv, speaksTo: ['a.example'] };
    await expect(launch(request, AbortSignal.timeout(9000), () => undefined)).rejects.toThrow(
      /could not be built/,
    );
    expect(existsSync(join(scene.jail.folder, 'ran'))).toBe(false);
  });

  it('runs nothing where nobody can tell what is outside', async () => {
    const argv = ['/bin/true'];
    await expect(scene.run(argv, { speaksTo: ['a.example'] })).rejects.toThrow(/reach a host/);
  });
});
