import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from '../flows/stage/until.ts';

/** A server of nginx that ends TLS on a port of loopback; `location` is what its block holds. */
export interface NginxServer {
  readonly port: number;
  readonly location: string;
}

/** nginx in one process, with a certificate for `name`. Undefined where it or openssl is not installed. */
export async function startNginx(folder: string, name: string, servers: readonly NginxServer[]) {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const file = join(folder, 'nginx.conf');
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore', env: { PATH } });
    execFileSync('openssl', [...CERTIFICATE(name), '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
  } catch {
    return undefined;
  }
  writeFileSync(file, configOf(servers, { cert, key, folder }));
  const child = spawn('nginx', ['-p', folder, '-e', 'stderr', '-c', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH },
  });
  let words = '';
  child.stderr.on('data', (chunk) => {
    words += chunk;
  });
  await until('nginx to listen', async () => {
    if (child.exitCode !== null) throw new Error(words);
    return Promise.all(servers.map(({ port }) => answers(port))).then((all) => all.every(Boolean));
  });
  return {
    ca: readFileSync(cert),
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Debian keeps it where only root looks. */
const PATH = `${process.env.PATH}:/usr/sbin`;

const CERTIFICATE = (name: string): readonly string[] => [
  ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
  ...['-days', '2', '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`],
];

const configOf = (
  servers: readonly NginxServer[],
  { cert, key, folder }: { readonly cert: string; readonly key: string; readonly folder: string },
): string => `
daemon off;
master_process off;
pid ${folder}/pid;
events { worker_connections 512; }
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `${what}_temp_path ${folder}/${what};`).join('\n  ')}
  ssl_certificate ${cert};
  ssl_certificate_key ${key};
  ${servers.map(({ port, location }) => `server { listen 127.0.0.1:${port} ssl; ${location} }`).join('\n  ')}
}
`;

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
