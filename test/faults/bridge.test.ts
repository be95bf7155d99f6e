import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sleep } from '../../src/base/wait.ts';
import { createBridge } from '../../src/bridge/create.ts';
import { builtAtom } from '../cli/built.ts';
import { atom } from '../flows/stage/atom.ts';
import { chanceFrom, someSeed } from '../flows/stage/chance.ts';
import { startGateway } from '../flows/stage/gateway-process.ts';
import { createProfile, type Profile } from '../flows/stage/profile.ts';
import { freePort } from '../peers/free-port.ts';

const KEY = 'terminal:self:main';
const ROUNDS = 4;
const EACH = 8;

let profile: Profile;
let port: number;
beforeAll(async () => {
  await builtAtom();
  port = await freePort();
  profile = createProfile({ config: { gateway: { host: '127.0.0.1', port } } });
});
afterAll(() => profile?.remove());

/** How often the store has each text that the bridge sent. */
function kept(): ReadonlyMap<string, number> {
  const rows = profile.rows<{ body: string }>('SELECT body FROM spool');
  const texts = rows.map(({ body }) => (JSON.parse(body) as { text: string }).text);
  return new Map(texts.map((text) => [text, texts.filter((other) => other === text).length]));
}

it('loses and doubles no message of a program while its gateway is killed, frozen and started again', {
  timeout: 120_000,
}, async () => {
  const seed = someSeed();
  console.log(`SEED=${seed}`);
  const chance = chanceFrom(seed);
  let gateway = await startGateway(profile);
  const added = JSON.parse((await atom(profile, ['devices', 'add', 'orchestrator', '--json'])).out);
  const bridge = createBridge({
    url: `ws://127.0.0.1:${port}`,
    credential: { kind: 'token', token: added.token },
    queueFolder: join(profile.folder, 'queue'),
    tuning: {
      sendTimeoutMs: 600,
      connectTimeoutMs: 2000,
      heartbeatMs: 200,
      heartbeatTimeoutMs: 800,
      steps: { firstMs: 50, capMs: 400, jitterMs: 20 },
      dice: chance,
    },
  });
  const trouble: unknown[] = [];
  bridge.on('state', ({ error }) => error && trouble.push(error));
  try {
    await bridge.connect();
    const texts: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const sending = Array.from({ length: EACH }, (_, n) => {
        texts.push(`round ${round}, message ${n}`);
        return bridge.sendToAgent(KEY, texts.at(-1) ?? '');
      });
      await sleep(chance() * 20, AbortSignal.timeout(5000));
      if (round % 2 === 0) await gateway.kill();
      else gateway.signal('SIGSTOP');
      const results = await Promise.all(sending);
      expect(results.filter(({ status }) => status === 'failed')).toEqual([]);
      if (round % 2 === 0) gateway = await startGateway(profile);
      else {
        await expect.poll(() => bridge.state, { timeout: 10_000 }).toBe('reconnecting');
        gateway.signal('SIGCONT');
      }
      await expect.poll(() => bridge.state, { timeout: 20_000 }).toBe('connected');
      await expect.poll(() => bridge.metrics().queueDepth, { timeout: 20_000 }).toBe(0);
    }
    expect(kept()).toEqual(new Map(texts.map((text) => [text, 1])));
    expect(bridge.metrics()).toMatchObject({ sent: ROUNDS * EACH, failed: 0, queueDepth: 0 });
    expect(trouble).not.toEqual([]);
    for (const error of trouble) expect(error).toMatchObject({ name: 'ConnectionError' });

    await atom(profile, ['devices', 'revoke', added.device.id, '--json']);
    await expect.poll(() => bridge.state, { timeout: 20_000 }).toBe('failed');
    expect(trouble.at(-1)).toMatchObject({ kind: 'authentication' });
    console.log(JSON.stringify(bridge.metrics()));
  } finally {
    await bridge.close();
    gateway.signal('SIGCONT');
    await gateway.kill();
  }
});
