import { createHmac } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startWhatsAppServer } from '@openclaw/crabline';
import type { Hook, HookAnswer } from '../../../src/domain/hook.ts';
import { scratchFolder } from '../scratch.ts';

export const PHONE_ID = '100000000000000';
export const APP_SECRET = 'the secret of the app';
export const VERIFY = 'a word of ours';
const WRITER = '15551112222';

/** What was sent, as Meta took it. */
export type Sent = Readonly<Record<string, unknown>> & { readonly type: string };

/**
 * WhatsApp's Cloud API. Texts, read receipts, tokens and ids are crabline's; it has neither buttons nor files
 * and posts nothing, so that those are played here, by the limits that Meta writes down.
 */
export async function startCloud() {
  const folder = scratchFolder('cloud');
  const sent: Sent[] = [];
  const heard: Readonly<Record<string, unknown>>[] = [];
  const files = new Map<string, { readonly type: string; readonly bytes: Buffer }>();
  const refusals: { readonly status: number; readonly error: object }[] = [];
  const crabline = await startWhatsAppServer({
    recorderPath: join(folder, 'cloud.jsonl'),
    phoneNumberId: PHONE_ID,
    graphVersion: 'v23.0',
  });
  const { accessToken, adminToken, baseUrl, endpoints } = crabline.manifest;
  let count = 0;
  let root = '';
  const own = async (request: IncomingMessage, body: Buffer): Promise<object | undefined> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', root);
    const proof = createHmac('sha256', APP_SECRET).update(accessToken).digest('hex');
    if (request.headers.authorization !== `Bearer ${accessToken}`) return undefined;
    if (pathname.startsWith('/files/')) return files.get(pathname.slice(7))?.bytes;
    if (searchParams.get('appsecret_proof') !== proof) return wrong('Invalid appsecret_proof');
    if (pathname === `/v23.0/${PHONE_ID}/media`) return keep(await formOf(request, body));
    const known = /^\/v23\.0\/(\d+)$/.exec(pathname)?.[1] ?? '';
    if (files.has(known)) return { id: known, url: `${root}/files/${known}` };
    return pathname.endsWith('/messages') ? taken(JSON.parse(String(body))) : undefined;
  };
  /** A message of the kinds that crabline has not. */
  const taken = (message: Sent & { readonly status?: string }): object | undefined => {
    if (message.status !== undefined) return undefined;
    const refusal = refusals.shift();
    if (refusal) return refusal;
    const why = faultIn(message, files);
    if (why !== undefined) return wrong(why);
    if (message.type === 'text') return undefined;
    count += 1;
    sent.push(message);
    return { messages: [{ id: `wamid.own${count}` }] };
  };
  const keep = (form: FormData): object => {
    const file = form.get('file');
    if (!(file instanceof File) || form.get('messaging_product') !== 'whatsapp')
      return wrong('file');
    const id = String(900 + files.size);
    files.set(id, { type: String(form.get('type')), bytes: Buffer.alloc(0) });
    void file.arrayBuffer().then((all) => {
      files.set(id, { type: file.type, bytes: Buffer.from(all) });
    });
    return { id };
  };
  const pass = async (request: IncomingMessage, body: Buffer, response: ServerResponse) => {
    const answer = await fetch(`${baseUrl}${request.url}`, {
      method: request.method ?? 'GET',
      headers: {
        authorization: request.headers.authorization ?? '',
        ...(body.length > 0 && { 'content-type': 'application/json' }),
      },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const message = body.length > 0 ? JSON.parse(String(body)) : {};
    if (answer.ok && message.type !== undefined) sent.push(message);
    if (message.status !== undefined) heard.push(message);
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  };
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const answer = await own(request, body);
    if (answer === undefined) return pass(request, body, response);
    if (answer instanceof Buffer) return response.end(answer);
    const { status = 200, ...rest } = answer as { readonly status?: number };
    return response.writeHead(status).end(JSON.stringify(rest));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let hook: Hook | undefined;
  const post = (value: object, secret = APP_SECRET): Promise<HookAnswer> => {
    const body = Buffer.from(JSON.stringify(value));
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    if (hook === undefined) throw new Error('nobody answers');
    return hook({
      method: 'POST',
      url: 'https://atom.example.com/hooks/whatsapp-cloud',
      body,
      headers: { 'x-hub-signature-256': `sha256=${signature}` },
    });
  };
  const about = (value: object): object => ({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: 'TEST_WABA',
        changes: [
          { field: 'messages', value: { metadata: { phone_number_id: PHONE_ID }, ...value } },
        ],
      },
    ],
  });
  return {
    apiRoot: root,
    token: accessToken,
    sent,
    heard,
    files,
    post,
    about,
    answerWith(given: Hook) {
      hook = given;
    },
    /** The next message is refused with it. */
    refuse: (status: number, error: object) => void refusals.push({ status, error }),
    /** Somebody writes: crabline makes what Meta posts, and it is posted. */
    async inject(text: string) {
      const jid = `${WRITER}@s.whatsapp.net`;
      const answer = await fetch(endpoints.adminInboundUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-crabline-admin-token': adminToken },
        body: JSON.stringify({ chatJid: jid, senderJid: jid, text }),
      });
      const { webhook } = (await answer.json()) as { readonly webhook: object };
      return post(webhook);
    },
    /** Somebody presses what was sent to them. */
    press: (id: string) =>
      post(
        about({
          messages: [
            {
              id: `wamid.press${id}`,
              from: WRITER,
              timestamp: '1700000000',
              type: 'interactive',
              interactive: { button_reply: { id, title: 'x' } },
            },
          ],
        }),
      ),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await crabline.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const wrong = (details: string): object => ({
  status: 400,
  error: { code: 100, message: '(#100) Invalid parameter', error_data: { details } },
});

interface Interactive {
  readonly type: string;
  readonly body: { readonly text: string };
  readonly action: {
    readonly buttons?: readonly { readonly reply: Choice }[];
    readonly sections?: readonly { readonly rows: readonly Choice[] }[];
  };
}

interface Choice {
  readonly id: string;
  readonly title: string;
}

/** Limits of developers.facebook.com/docs/whatsapp/cloud-api/messages. */
function faultIn(
  message: Readonly<Record<string, unknown>>,
  files: ReadonlyMap<string, unknown>,
): string | undefined {
  const type = String(message.type);
  if (type === 'text') {
    const { body } = message.text as { readonly body: string };
    return body.length > 4096 ? 'text.body is too long' : undefined;
  }
  if (type === 'interactive') return faultInChoices(message.interactive as Interactive);
  const { id, caption = '' } = message[type] as { readonly id: string; readonly caption?: string };
  if (!files.has(id)) return 'there is no such file';
  if (caption.length > 1024) return 'caption is too long';
  return type === 'audio' && caption !== '' ? 'audio has no caption' : undefined;
}

function faultInChoices({ type, body, action }: Interactive): string | undefined {
  const isList = type === 'list';
  const choices = isList
    ? (action.sections ?? []).flatMap(({ rows }) => rows)
    : (action.buttons ?? []).map(({ reply }) => reply);
  const titles = choices.map(({ title }) => title);
  if (body.text.length > 1024) return 'body is too long';
  if (choices.length > (isList ? 10 : 3) || choices.length === 0) return 'so many choices';
  if (titles.some(({ length }) => length === 0 || length > (isList ? 24 : 20))) return 'title';
  return new Set(titles).size < titles.length ? 'two titles are the same' : undefined;
}

const formOf = (request: IncomingMessage, body: Buffer): Promise<FormData> =>
  new Response(new Uint8Array(body), {
    headers: { 'content-type': request.headers['content-type'] ?? '' },
  }).formData();

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
