import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConfigFile } from '../../src/config/schema.ts';
import { builtAtom } from '../cli/built.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

beforeAll(async () => void (await builtAtom()));

let model: LLMock;
let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
beforeEach(async () => {
  model = new LLMock({ port: 0, chunkSize: 4 });
  await model.start();
  // A model that never stops asking for one more look.
  model.onMessage('look into it', () => ({
    toolCalls: [{ name: 'file_read', arguments: '{"path":"notes.txt"}' }],
  }));
});
afterEach(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
  await model.stop();
});

async function start(config: Partial<ConfigFile>): Promise<void> {
  const local = { baseUrl: `${model.url}/v1` };
  profile = createProfile({ config: { model: 'local/test', models: { local }, ...config } });
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  gateway = await startGateway(profile);
  seat = await takeSeat(profile);
}

const alerts = () =>
  profile.rows<{ text: string }>(`SELECT text FROM feed WHERE kind = 'alert' AND about IS NULL`);

describe('a model that calls tools for ever', () => {
  it('is stopped by the limit on actions, the answer says so, and the owner is told once', async () => {
    await start({ limits: { actionsPerMinute: 7 } });
    const answer = await seat.ask('look into it');
    expect(answer).toContain('The limit of 7 actions a minute is reached');
    expect(answer).toContain('atom config set limits.actionsPerMinute');
    expect(await seat.ask('look into it')).toContain('The limit of 7 actions a minute');
    await until('the alert', () => alerts().length > 0);
    expect(alerts()).toHaveLength(1);
    expect(
      profile.rows(`SELECT count(*) AS n FROM run WHERE action IN ('llm.complete', 'file.read')`),
    ).toEqual([{ n: 7 }]);
    expect((await atom(profile, ['status'])).out).toContain('7 actions');
    expect((await atom(profile, ['audit', 'verify'])).code).toBe(0);
  });

  it('is stopped by the limit on money, which counts what was used and outlives a restart', async () => {
    const price = { input: 0, output: 20 };
    const local = { baseUrl: `${model.url}/v1`, price };
    await start({ models: { local }, limits: { moneyPerDay: 0.16384, moneyPerRun: 1 } });
    // One answer of at most 8192 tokens may cost all of it: once the first is paid, too little is left.
    const answer = await seat.ask('look into it');
    expect(answer).toMatch(/up to 0\.17 USD, and 0\.\d\d of 0\.16384 USD a day are left/);
    const { usage } = await seat.gateway.request('status', {});
    expect(usage.money).toBeGreaterThan(0);
    expect(usage.money).toBeLessThan(0.16384);
    await gateway.kill();
    gateway = await startGateway(profile);
    seat = await takeSeat(profile);
    expect((await seat.gateway.request('status', {})).usage).toEqual(usage);
  });
});
