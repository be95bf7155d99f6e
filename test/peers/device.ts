/**
 * A device that speaks to a gateway: a process of its own, written from the protocol alone. It scans a
 * setup code, shows its digits, keeps its key, chats, and can lose the network and take up where it was.
 *
 *   node test/peers/device.ts --store <file> (--code <setup code> | --png <file> | nothing: as stored)
 *                             [--name <name>] [--scopes read,chat] [--since] [--id-token <file>]
 *
 * With `--id-token` it prints the nonce that a provider has to put into its token, waits for that file, and
 * brings what is in it.
 *
 * It prints one JSON object a line, and reads one command a line: `say <text>`, `cut` (destroys the
 * connection and connects again), `quit`.
 */
import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import WebSocket from 'ws';

/** What is kept between two runs. */
interface Stored {
  readonly url: string;
  readonly fingerprint: string;
  /** PKCS8, base64. */
  readonly secret: string;
  readonly device?: string;
  readonly key?: string;
}

interface Frame {
  readonly type: 'res' | 'event';
  readonly id?: string;
  readonly ok?: boolean;
  readonly seq?: number;
  readonly payload?: Hello;
  readonly error?: { readonly code: string; readonly message: string };
  readonly event?: { readonly kind: string } & Readonly<Record<string, unknown>>;
}

interface Hello {
  readonly boot: string;
  readonly seq: number;
  readonly gap: boolean;
  readonly proof?: string;
  readonly scopes?: readonly string[];
  readonly pairing?: { readonly digits: string };
}

interface Greeting {
  readonly challenge: string;
  readonly gateway: string;
  readonly nonce: string;
}

const { values } = parseArgs({
  options: {
    store: { type: 'string' },
    code: { type: 'string' },
    png: { type: 'string' },
    name: { type: 'string', default: 'Simulated phone' },
    scopes: { type: 'string' },
    'id-token': { type: 'string' },
  },
});
const file = values.store ?? 'device.json';

const print = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const setup = await setupCode();
let stored: Stored = setup ? freshKey(setup) : JSON.parse(readFileSync(file, 'utf8'));
const secret = createPrivateKey({
  key: Buffer.from(stored.secret, 'base64'),
  format: 'der',
  type: 'pkcs8',
});
const own = String(secret.export({ format: 'jwk' }).x);

let token = setup?.bootstrapToken;
let since: { boot: string; seq: number } | undefined;
let socket: WebSocket | undefined;
let over = false;
let asked = 0;
/** What was said and is not known to have arrived: said again, under the same key, with the next connection. */
const unsaid = new Map<string, { readonly text: string; readonly key: string }>();

const idToken = await tokenFrom(values['id-token']);

connect();
createInterface({ input: process.stdin }).on('line', obey).on('close', quit);

function obey(line: string): void {
  const [, word, text = ''] = /^(\w+) ?(.*)$/.exec(line) ?? [];
  if (word === 'say') say(text);
  // No goodbye: what a phone does in a tunnel.
  if (word === 'cut') socket?.terminate();
  if (word === 'quit') quit();
}

function quit(): void {
  over = true;
  socket?.close();
}

function say(text: string): void {
  const message = { text, key: randomBytes(9).toString('base64url') };
  unsaid.set(`say-${message.key}`, message);
  send(`say-${message.key}`, 'chat.send', message);
}

function send(id: string, method: string, params: object): void {
  if (socket?.readyState === WebSocket.OPEN)
    socket.send(JSON.stringify({ type: 'req', id, method, params }));
}

function connect(): void {
  const ws = new WebSocket(stored.url, { perMessageDeflate: false });
  const state: { greeting?: Greeting; again: boolean } = { again: true };
  socket = ws;
  ws.on('message', (data) => {
    const frame: Frame = JSON.parse(String(data));
    if (frame.event?.kind === 'connect.challenge') state.greeting = greet(frame.event);
    else if (frame.id === 'connect') state.again = answered(frame, state.greeting);
    else heard(frame);
  });
  ws.on('error', (error) => print({ type: 'error', message: error.message }));
  ws.on('close', (code, reason) => {
    print({ type: 'closed', code, reason: String(reason) });
    // 4001: revoked, 4003: refused. Anything else is the network's, or a key that was just given.
    if (!over && state.again && code !== 4001 && code !== 4003) setTimeout(connect, 50);
    else process.stdin.destroy();
  });
}

function greet(event: Readonly<Record<string, unknown>>): Greeting {
  const [challenge, gateway] = [String(event.challenge), String(event.gateway)];
  const digest = createHash('sha256').update(Buffer.from(gateway, 'base64url')).digest('base64url');
  if (`SHA256:${digest}` !== stored.fingerprint) throw new Error('this is another gateway');
  const greeting = { challenge, gateway, nonce: randomBytes(16).toString('base64url') };
  const signature = sign(null, Buffer.from(bound('atom-client-v1', greeting)), secret).toString(
    'base64url',
  );
  const proof = { nonce: greeting.nonce, signature };
  const auth =
    token === undefined
      ? { kind: 'device', device: stored.device, key: stored.key, ...proof }
      : { kind: 'bootstrap', token, name: values.name, publicKey: own, ...proof, ...idToken };
  const scopes = values.scopes === undefined ? {} : { scopes: values.scopes.split(',') };
  const more = since === undefined ? {} : { since };
  send('connect', 'connect', {
    protocol: { min: 1, max: 1 },
    client: 'device',
    events: true,
    auth,
    ...scopes,
    ...more,
  });
  return greeting;
}

/** False where there is nothing to come back for. */
function answered({ ok, payload, error }: Frame, greeting: Greeting | undefined): boolean {
  if (!ok || !payload || !greeting) {
    print({ type: 'refused', ...error });
    return false;
  }
  const key = Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'),
    Buffer.from(greeting.gateway, 'base64url'),
  ]);
  const isProved = verify(
    null,
    Buffer.from(bound('atom-gateway-v1', greeting)),
    { key, format: 'der', type: 'spki' },
    Buffer.from(payload.proof ?? '', 'base64url'),
  );
  if (!isProved) throw new Error('the gateway did not prove its key');
  if (payload.pairing) {
    print({ type: 'digits', digits: digits(greeting), theirs: payload.pairing.digits });
    return true;
  }
  // Events of another run have other numbers.
  if (since?.boot !== payload.boot) since = { boot: payload.boot, seq: payload.seq };
  print({ type: 'connected', times: ++asked, gap: payload.gap, scopes: payload.scopes });
  for (const [id, message] of unsaid) send(id, 'chat.send', message);
  return true;
}

function heard(frame: Frame): void {
  if (frame.type === 'res') {
    unsaid.delete(frame.id ?? '');
    print({ type: 'answer', ok: frame.ok, ...(frame.error ?? {}) });
    return;
  }
  const { event, seq = 0 } = frame;
  if (event?.kind === 'device.paired') keep(event);
  else if (event?.kind === 'device.refused') print({ type: 'refused', message: event.message });
  else {
    if (since) since = { boot: since.boot, seq };
    print({ type: 'event', seq, event });
  }
}

function keep({ device, key, scopes }: Readonly<Record<string, unknown>>): void {
  token = undefined;
  stored = { ...stored, device: String(device), key: String(key) };
  writeFileSync(file, JSON.stringify(stored), { mode: 0o600 });
  print({ type: 'paired', device, scopes });
}

/** What both sides sign: a purpose, and all that makes this connection this one. */
function bound(purpose: string, { challenge, nonce, gateway }: Greeting): string {
  return [purpose, challenge, nonce, gateway, own].join('\n');
}

function digits(greeting: Greeting): string {
  const digest = createHash('sha256').update(bound('atom-digits-v1', greeting)).digest('hex');
  return String(BigInt(`0x${digest}`) % 1_000_000n)
    .padStart(6, '0')
    .replace(/^(...)/, '$1 ');
}

/** What a provider said whose this device is, once it is in that file. */
async function tokenFrom(path: string | undefined): Promise<{ readonly idToken?: string }> {
  if (path === undefined) return {};
  const nonce = createHash('sha256').update(`atom-identity-v1\n${own}`).digest('hex');
  print({ type: 'nonce', nonce });
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 50));
  return { idToken: readFileSync(path, 'utf8').trim() };
}

async function setupCode(): Promise<
  | { readonly url: string; readonly fingerprint: string; readonly bootstrapToken: string }
  | undefined
> {
  if (values.png === undefined && values.code === undefined) {
    if (!existsSync(file)) throw new Error('nothing is stored: give a setup code');
    return undefined;
  }
  const text = values.code ?? (await scanned(values.png ?? ''));
  return JSON.parse(Buffer.from(text, 'base64url').toString());
}

async function scanned(picture: string): Promise<string> {
  const { readPng, readQr } = await import('./read-qr.ts');
  const text = readQr(readPng(readFileSync(picture)));
  if (text === undefined) throw new Error('there is no QR code in that picture');
  return text;
}

function freshKey({ url, fingerprint }: Pick<Stored, 'url' | 'fingerprint'>): Stored {
  const { privateKey } = generateKeyPairSync('ed25519');
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  return { url, fingerprint, secret: der.toString('base64') };
}
