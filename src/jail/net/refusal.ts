import type { Duplex } from 'node:stream';

/** Answers a connection whose request is not carried out, and ends it. `why` is one safe line. */
export function answerRefused(socket: Duplex, status: keyof typeof PHRASES, why: string): void {
  const body = `atom: ${why}\n`;
  const head = [
    `HTTP/1.1 ${status} ${PHRASES[status]}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(status === 407 ? ['Proxy-Authenticate: Basic realm="atom"'] : []),
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const PHRASES = {
  400: 'Bad Request',
  403: 'Forbidden by atom',
  407: 'Proxy Authentication Required',
  431: 'Request Header Fields Too Large',
  502: 'Bad Gateway',
} as const;

export const NOT_A_PROXY_REQUEST =
  'this is a proxy: it takes CONNECT host:port, and requests for http://host/path without a user name.';
