import { request } from 'node:http';
import type { Socket } from 'node:net';
import { connect as secure } from 'node:tls';
import type { ChannelLine } from '../define.ts';

/** Connections to hosts through the jail's proxy, which is the one way out. */
export const connectThrough =
  (proxy: string | undefined): ChannelLine['connect'] =>
  async ({ host, port, tls = true }) => {
    if (proxy === undefined) throw new Error('This channel names no hosts.');
    const socket = await tunnel(new URL(proxy), `${host}:${port}`);
    return tls ? secure({ socket, servername: host }) : socket;
  };

function tunnel({ hostname, port, username, password }: URL, path: string): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const pass = Buffer.from(`${username}:${password}`).toString('base64');
  const headers = username === '' ? {} : { 'proxy-authorization': `Basic ${pass}` };
  request({ host: hostname, port, method: 'CONNECT', path, headers, agent: false })
    .on('connect', ({ statusCode }, socket) =>
      statusCode === 200 ? resolve(socket) : reject(new Error(`${path} cannot be reached.`)),
    )
    .on('error', reject)
    .end();
  return promise;
}
