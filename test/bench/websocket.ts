// node test/bench/websocket.ts [--json]: what the gateway's port costs beside a bare echo of `ws`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import WebSocket from 'ws';
import { memoryOf } from './measure.ts';

const CLIENTS = 20;
/** A client may send 200 in one breath; what is measured is not to be the limit. */
const ROUND_TRIPS = 90;
const TOGETHER = 30;
const IDLE = 1000;
const token = 'bench-token-of-sufficient-length';

const child = spawn(process.execPath, [join(import.meta.dirname, 'websocket-server.ts'), token], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const [line] = await once(child.stdout, 'data');
const urls: { readonly gateway: string; readonly bare: string } = JSON.parse(String(line));

interface Client {
  readonly readyMs: number;
  /** One message there and back, in ms. */
  ask(): Promise<number>;
  close(): void;
}

async function connect(url: string, greets: boolean): Promise<Client> {
  const start = performance.now();
  const ws = new WebSocket(url, { perMessageDeflate: false });
  const waiting = new Map<string, () => void>();
  ws.on('message', (data) => {
    const { id } = JSON.parse(String(data)) as { readonly id?: string };
    waiting.get(id ?? 'challenge')?.();
  });
  const heard = (id: string): Promise<void> =>
    new Promise((resolve) => {
      waiting.set(id, () => {
        waiting.delete(id);
        resolve();
      });
    });
  const send = async (id: string, method: string, params: object): Promise<void> => {
    const answer = heard(id);
    ws.send(JSON.stringify({ type: 'req', id, method, params }));
    await answer;
  };
  const challenged = greets ? heard('challenge') : undefined;
  await once(ws, 'open');
  await challenged;
  const auth = { kind: 'token', token, nonce: 'n'.repeat(22) };
  if (greets) await send('hello', 'connect', { protocol: 1, client: 'bridge', events: true, auth });
  const readyMs = performance.now() - start;
  let count = 0;
  return {
    readyMs,
    ask: async () => {
      const from = performance.now();
      await send(String(++count), 'chat.stop', { session: 'terminal:self:main' });
      return performance.now() - from;
    },
    close: () => ws.terminate(),
  };
}

interface Numbers {
  readonly ready: number[];
  readonly trips: number[];
  messages: number;
  ms: number;
}

const fresh = (): Numbers => ({ ready: [], trips: [], messages: 0, ms: 0 });

async function measure(url: string, into: Numbers, greets: boolean): Promise<void> {
  const client = await connect(url, greets);
  into.ready.push(client.readyMs);
  for (let i = 0; i < ROUND_TRIPS; i++) into.trips.push(await client.ask());
  const start = performance.now();
  for (let i = 0; i < 3; i++)
    await Promise.all(Array.from({ length: TOGETHER }, () => client.ask()));
  into.ms += performance.now() - start;
  into.messages += 3 * TOGETHER;
  client.close();
}

const [gateway, bare] = [fresh(), fresh()];
await measure(urls.gateway, fresh(), true);
await measure(urls.bare, fresh(), false);
// In turn, so that both share the machine's moods.
for (let i = 0; i < CLIENTS; i++) {
  await measure(urls.gateway, gateway, true);
  await measure(urls.bare, bare, false);
}
const before = memoryOf(child.pid ?? 0);
const idle: Client[] = [];
for (let i = 0; i < IDLE; i++) idle.push(await connect(urls.gateway, true));
const memory = memoryOf(child.pid ?? 0) - before;
for (const client of idle) client.close();
child.stdin.end();

const at = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)] ?? 0;
const row = (
  what: string,
  unit: string,
  [ours, theirs]: readonly [number, number | undefined],
) => ({
  what,
  unit,
  gateway: Number(ours.toFixed(3)),
  ...(theirs === undefined ? {} : { bare: Number(theirs.toFixed(3)) }),
});
const rows = [
  row('connect to ready, p50', 'ms', [at(gateway.ready, 0.5), at(bare.ready, 0.5)]),
  row('request round trip, p50', 'ms', [at(gateway.trips, 0.5), at(bare.trips, 0.5)]),
  row('request round trip, p99', 'ms', [at(gateway.trips, 0.99), at(bare.trips, 0.99)]),
  row('messages a second on one connection', '/s', [
    (gateway.messages * 1000) / gateway.ms,
    (bare.messages * 1000) / bare.ms,
  ]),
  row(`memory of ${IDLE} idle clients`, 'MB', [memory, undefined]),
];
if (process.argv.includes('--json')) console.log(JSON.stringify({ schema: 1, rows }));
else
  for (const { what, unit, gateway: ours, bare: theirs } of rows)
    console.log(
      `${what.padEnd(40)}${`${ours} ${unit}`.padStart(16)}   ${theirs === undefined ? '' : `${theirs} ${unit} by a bare echo`}`,
    );
