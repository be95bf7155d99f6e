import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Breakdown, Dimension } from '../../src/domain/breakdown.ts';
import { builtAtom } from '../cli/built.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

const PEER = join(import.meta.dirname, '..', 'peers', 'device.ts');

// Elsewhere the gateway's key would be kept in the keychain of whoever runs this.
describe.skipIf(process.platform !== 'linux')('atom stats --by', () => {
  let model: LLMock;
  let profile: Profile;
  let gateway: GatewayProcess;
  let seat: Seat;
  let phone: ChildProcess | undefined;
  const lines: { readonly type: string; readonly digits?: string; readonly event?: object }[] = [];
  beforeAll(async () => {
    await builtAtom();
    model = new LLMock({ port: 0, chunkSize: 4 });
    await model.start();
    const call = { id: 'c1', name: 'file_read', arguments: '{"path":"notes.txt"}' };
    model.on({ userMessage: 'what are my notes', hasToolResult: false }, { toolCalls: [call] });
    model.on({ userMessage: 'what are my notes', hasToolResult: true }, { content: 'Buy milk.' });
    model.on({ userMessage: 'hello from dana' }, { content: 'Hello Dana.' });
    profile = createProfile({
      env: { DBUS_SESSION_BUS_ADDRESS: '' },
      config: {
        gateway: { port: 0 },
        edition: 'enterprise',
        model: 'local/test',
        models: { local: { baseUrl: `${model.url}/v1`, price: { input: 2, output: 10 } } },
      },
    });
    writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
    gateway = await startGateway(profile);
    seat = await takeSeat(profile);
  });
  afterAll(async () => {
    phone?.kill();
    seat?.leave();
    await gateway?.kill();
    profile?.remove();
    await model?.stop();
  });

  const by = async (what: Dimension, ...more: readonly string[]) => {
    const told = await atom(profile, ['stats', '--by', what, '--json', ...more]);
    expect(told).toMatchObject({ code: 0 });
    const { rows } = JSON.parse(told.out) as Breakdown;
    return Object.fromEntries(rows.map(({ name, ...row }) => [name, row]));
  };

  async function danaSpeaks(): Promise<void> {
    const { setupCode } = await seat.gateway.request('devices.pair', {});
    const store = join(profile.folder, 'phone.json');
    const child = spawn(process.execPath, [PEER, '--store', store, '--code', setupCode], {
      env: profile.env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    phone = child;
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
    const of = (type: string) => until(type, () => lines.find((line) => line.type === type));
    const { digits = '' } = await of('digits');
    await seat.gateway.request('devices.answer', { ref: digits, verdict: 'approve' });
    await of('connected');
    for (const words of [
      ['agents', 'add', 'dana'],
      ['users', 'add', 'dana', '--agent', 'dana', '--sender', 'device:d1'],
    ])
      expect(await atom(profile, words)).toMatchObject({ code: 0 });
    child.stdin.write('say hello from dana\n');
    await until('an answer', () => JSON.stringify(lines).includes('Hello Dana.'));
  }

  it('tells what each user had of which agent, channel and model, with a gateway and without', async () => {
    expect(await seat.ask('what are my notes')).toBe('Buy milk.');
    await danaSpeaks();
    const users = await until('both', async () => {
      const found = await by('user');
      return found.dana?.calls && found.dana.replies && found.owner?.replies ? found : undefined;
    });
    expect(users).toMatchObject({
      owner: { replies: 1, actions: 1, asked: 0, calls: 2 },
      dana: { replies: 1, actions: 0, asked: 0, calls: 1 },
    });
    for (const row of Object.values(users)) {
      expect(row.input).toBeGreaterThan(0);
      expect(row.money).toBeGreaterThan(0);
    }
    expect(await by('agent')).toMatchObject({ atom: { calls: 2 }, dana: { calls: 1 } });
    expect(await by('channel')).toMatchObject({ terminal: { calls: 2 }, device: { calls: 1 } });
    expect(await by('model')).toMatchObject({ 'local/test': { calls: 3 } });
    expect(await by('model', '--user', 'dana')).toMatchObject({ 'local/test': { calls: 1 } });
    expect(Object.keys(await by('day'))).toHaveLength(1);
    expect(await by('user', '--since', '2020-01-01', '--until', '2020-12-31')).toEqual({});
    const csv = await atom(profile, ['stats', '--by', 'user', '--csv']);
    expect(csv.out).toMatch(/^user,replies,.*\n(owner|dana),1,.*USD\n(owner|dana),1,/);
    expect((await atom(profile, ['stats', '--csv'])).code).toBe(2);
    seat.leave();
    await gateway.kill();
    expect(await by('user')).toEqual(users);
    await atom(profile, ['config', 'set', 'edition', 'personal']);
    const personal = await atom(profile, ['stats', '--by', 'user']);
    expect(personal).toMatchObject({ code: 7, err: expect.stringContaining('enterprise') });
    expect((await atom(profile, ['stats'])).code).toBe(0);
  });
});
