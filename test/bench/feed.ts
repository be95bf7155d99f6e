// node test/bench/feed.ts [posts a second] [seconds]: how soon many who follow the feed over WebSockets are told,
// and what becomes of one that reads too slowly.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import type { FeedPost } from '../../src/domain/feed-post.ts';

const [rate = 1000, seconds = 10] = process.argv.slice(2).map(Number);
const FOLLOWERS = 100;
const PAGE = 200;
/** Every tenth looks at the clock. */
const TIMED = 10;
const token = 'bench-token-of-sufficient-length';

const child = spawn(
  process.execPath,
  [join(import.meta.dirname, 'feed-server.ts'), token, String(rate), String(seconds)],
  { stdio: ['pipe', 'pipe', 'inherit'] },
);
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
const url = String((await lines.next()).value);

interface Told {
  readonly id?: string;
  readonly payload?: { readonly posts: readonly FeedPost[] };
}

/** One that follows; `told` hears of every post, as it came. */
async function follow(told: (frame: Buffer) => void) {
  const ws = new WebSocket(url, { perMessageDeflate: false, skipUTF8Validation: true });
  const answers = new Map<string, (answer: Told) => void>();
  const heard = (id: string): Promise<Told> => new Promise((done) => answers.set(id, done));
  ws.on('message', (data) => {
    // No more than is asked of it: a hundred of them live in this one process.
    const bytes = data as Buffer;
    if (bytes.includes('"kind":"feed"')) return told(bytes);
    const frame = JSON.parse(String(bytes)) as Told;
    answers.get(frame.id ?? 'challenge')?.(frame);
  });
  const challenged = heard('challenge');
  const ended = new Promise<string>((done) =>
    ws.once('close', (code, reason) => done(`${code} ${reason}`)),
  );
  await once(ws, 'open');
  await challenged;
  const ask = (id: string, method: string, params: object): Promise<Told> => {
    const answer = heard(id);
    ws.send(JSON.stringify({ type: 'req', id, method, params }));
    return answer;
  };
  const auth = { kind: 'token', token, nonce: 'n'.repeat(22) };
  await ask('hello', 'connect', { protocol: 1, client: 'bridge', events: true, auth });
  return { ws, ask, ended };
}

const postIn = (frame: Buffer): Pick<FeedPost, 'seq' | 'at'> => {
  const [, at, seq] = /"kind":"feed".*?"at":(\d+).*"seq":(\d+)/.exec(String(frame)) ?? [];
  return { at: Number(at), seq: Number(seq) };
};

const all = rate * seconds;
const waits: number[] = [];
const counts: number[] = [];
const followers = [];
for (let at = 0; at < FOLLOWERS; at++) {
  counts.push(0);
  followers.push(
    await follow((frame) => {
      counts[at] = (counts[at] ?? 0) + 1;
      if (at % TIMED === 0) waits.push(Date.now() - postIn(frame).at);
    }),
  );
}
const got: number[] = [];
const slow = await follow((frame) => got.push(postIn(frame).seq));
slow.ws.pause();
child.stdin.write('post\n');
const { reached, cpuSeconds } = JSON.parse(String((await lines.next()).value)) as {
  readonly reached: number;
  readonly cpuSeconds: number;
};
while (counts.some((count) => count < all)) await new Promise((done) => setTimeout(done, 50));
for (const { ws } of followers) ws.terminate();
child.stdin.write('more\n');
const { more } = JSON.parse(String((await lines.next()).value)) as { readonly more: number };
slow.ws.resume();
const words = await Promise.race([
  slow.ended,
  new Promise<string>((done) => setTimeout(done, 5000, 'still connected')),
]);
// It reads on from the last post that it was told, in pages.
const again = await follow(() => undefined);
const live = got.length;
for (let page = 0; ; page++) {
  const answer = await again.ask(`p${page}`, 'feed.list', { after: got.at(-1) ?? 0, limit: PAGE });
  const posts = answer.payload?.posts ?? [];
  got.push(...posts.map(({ seq }) => seq));
  if (posts.length < PAGE) break;
}
for (const { ws } of [slow, again]) ws.terminate();
child.stdin.end();

const sorted = waits.toSorted((a, b) => a - b);
const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
const whole = got.length === all + more && got.every((seq, index) => seq === index + 1);
console.log(
  `${FOLLOWERS} followers, ${rate} posts a second for ${seconds} s (${reached.toFixed(0)} reached)`,
);
console.log(`the gateway’s processor time for it: ${cpuSeconds.toFixed(1)} s`);
const told = counts.reduce((sum, count) => sum + count, 0);
console.log(`told: ${told} of ${FOLLOWERS * all}`);
console.log(`from written to told: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1 - 1e-9)} ms`);
console.log(`one that reads nothing: ${live} told live, then “${words}”`);
console.log(
  `with what it read on from there by cursor: ${got.length}, ${whole ? 'no gap' : 'WITH A GAP'}`,
);
process.exitCode = whole && told === FOLLOWERS * all ? 0 : 1;
