import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Outside } from '../../../src/domain/outside.ts';
import { type McpStage, odd, openMcp, SECRET, told } from './stage.ts';

/** An address of the public internet that leads to the server here. Never dialled. */
const PUBLIC = '93.184.215.14';

let listener: RequestListener = () => undefined;
const server = createServer((asked, answer) => listener(asked, answer));
const seen: string[] = [];
let mcp: McpStage;
let url = '';

/** A server of the official library, without sessions: each request is answered by one of its own. */
const official: RequestListener = async (asked, answer) => {
  seen.push(`${asked.method} ${asked.headers.authorization ?? 'nobody'}`);
  const own = new McpServer({ name: 'issues', version: '1' });
  own.registerTool(
    'find',
    {
      description: 'Finds issues.',
      inputSchema: { text: z.string() },
      annotations: { readOnlyHint: true },
    },
    async ({ text }, { requestInfo }) => ({
      content: [
        { type: 'text', text: `found ${text}` },
        { type: 'text', text: `you said ${String(requestInfo?.headers.authorization)}` },
      ],
    }),
  );
  const transport = new StreamableHTTPServerTransport({});
  await own.connect(transport as Parameters<typeof own.connect>[0]);
  answer.once('close', () => void own.close());
  await transport.handleRequest(asked, answer);
};

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/mcp`;
  const settings = { allow: [], plain: [], private: [`127.0.0.1:${port}`] };
  const outside: Outside = {
    resolve: async () => [PUBLIC],
    dial: async (address) => {
      if (address !== PUBLIC && address !== '127.0.0.1') throw new Error(`dialled ${address}`);
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    },
  };
  mcp = await openMcp(outside, settings);
  const headers = { Authorization: 'Bearer mcp.odd.token' };
  await mcp.use([
    { name: 'odd', url, headers },
    { name: 'elsewhere', url: `http://localhost:${port}/mcp` },
  ]);
});
afterAll(async () => {
  await mcp.close();
  server.closeAllConnections();
  server.close();
});

test('a server of the official library is used over HTTP, with a secret that nobody is told', async () => {
  listener = official;
  expect(await mcp.approve('odd')).toMatchObject({ ok: true });
  const text = told(await mcp.call('odd', 'find', { text: 'bugs' }));
  expect(text).toContain('found bugs');
  expect(text).toMatch(/you said Bearer \[/);
  expect(seen).toContain(`POST Bearer ${SECRET}`);
  expect([text, ...(await mcp.record())].join('\n')).not.toContain(SECRET);
});

test('what it is told leaves this machine, so nothing secret is, and strangers’ words ask first', async () => {
  mcp.stage.world.labels = { integrity: 'owner', confidentiality: 'secret' };
  const secret = await mcp.call('odd', 'find', { text: 'x' });
  expect(secret).toMatchObject({ ok: false, reason: 'policy' });
  mcp.stage.world.labels = { integrity: 'untrusted', confidentiality: 'public' };
  const asked = mcp.stage.asked.length;
  const over = new AbortController();
  const waiting = mcp.call('odd', 'find', { text: 'x' }, { signal: over.signal });
  await expect.poll(() => mcp.stage.asked.length).toBe(asked + 1);
  over.abort();
  await waiting;
  mcp.stage.world.labels = { integrity: 'owner', confidentiality: 'public' };
});

test('a server of a private network that the settings do not name is not spoken to', async () => {
  await expect(mcp.look('elsewhere')).rejects.toThrow(/without TLS/);
});

test('what answers oddly is told in words, and led nowhere', async () => {
  const before = seen.length;
  const cases: readonly (readonly [RequestListener, RegExp])[] = [
    [
      (_, answer) => answer.writeHead(307, { location: 'http://192.0.2.1/mcp' }).end(),
      /redirect|307/i,
    ],
    [(_, answer) => answer.writeHead(401).end('no'), /refused the request .401./],
    [
      (_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
      /content type/i,
    ],
    [
      (_, answer) => {
        answer.writeHead(200, { 'content-type': 'application/json' });
        for (let i = 0; i < 17; i++) answer.write(' '.repeat(1024 ** 2));
      },
      /said more than/,
    ],
    [
      (_, answer) => {
        answer.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        answer.end('x');
      },
      /no answer that can be read/,
    ],
  ];
  for (const [odd, words] of cases) {
    listener = odd;
    await expect(mcp.look('odd')).rejects.toThrow(words);
  }
  expect(seen.length).toBe(before);
});

test('a program speaks to the hosts that it declared and to no other, and that is on record', async () => {
  listener = (_, answer) => answer.end('hi');
  await mcp.use([odd({ network: ['tracker.example'] })]);
  await mcp.approve('odd');
  const reach = async (url: string) => told(await mcp.call('odd', 'reach', { text: url }));
  expect(await reach('http://tracker.example/')).toBe('200');
  for (const url of ['http://other.example/', 'http://127.0.0.1:8099/'])
    expect(await reach(url), url).toMatch(/cancelled|403/);
  await mcp.connections.end('odd');
  expect(mcp.contacts.at(-1)).toMatchObject({
    reached: [{ host: 'tracker.example:80' }],
    refused: [{ host: 'other.example:80' }, { host: '127.0.0.1:8099' }],
  });
});
