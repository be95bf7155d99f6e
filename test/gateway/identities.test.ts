import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSync } from 'otplib/functional';
import { describe, expect, it } from 'vitest';
import type { ConfigFile } from '../../src/config/schema.ts';
import type { Approval } from '../../src/domain/approval.ts';
import { type Caller, grantable, LOCAL_OWNER } from '../../src/domain/caller.ts';
import { type Identity, identityText } from '../../src/domain/identity.ts';
import { deviceById, insertDevice } from '../../src/store/tables/devices.ts';
import { until } from '../flows/stage/until.ts';
import { greeting, openKernel } from './memory-stage.ts';

const sso = { issuer: 'https://login.example.com', audience: 'atom' };
const TERMINAL = { surface: 'terminal', id: 'owner' };
const known: Identity = { ...sso, subject: '2482' };

/** Dana has a device by the settings, and one that a provider vouched for. */
async function openHouse() {
  const stage = await openKernel({}, {}, (profile) => {
    const folder = join(profile.folder, 'of-dana');
    mkdirSync(folder, { recursive: true });
    profile.configure({
      edition: 'enterprise',
      jails: [{ name: 'of-dana', folder, mode: 'read-write' }],
      sso,
      users: {
        dana: {
          agents: ['dana'],
          jails: ['of-dana'],
          senders: ['device:d1'],
          identities: [{ subject: '2482' }],
        },
      },
    });
  });
  const { atom, profile } = stage;
  await atom.agents.add({ name: 'dana', maturity: 'intern' });
  const meet = async (caller: Caller) => {
    const client = stage.connect(caller);
    await client.request('connect', greeting);
    return client;
  };
  const device = async (name: string, owned: boolean) => {
    const owner = owned ? { user: 'dana', identity: identityText(known) } : undefined;
    const added = { kind: 'device', scopes: grantable, addedAt: 1, keyHash: name } as const;
    const id = await insertDevice(atom.records.store, { name, ...added, owner });
    if (owner) atom.records.users.own({ device: id, ...owner });
    return meet({ surface: 'device', id, name, scopes: grantable });
  };
  const owner = await meet(LOCAL_OWNER);
  const { jails, users } = JSON.parse(readFileSync(profile.paths.configFile, 'utf8'));
  const reload = (next: object, code?: string) => {
    profile.configure({ edition: 'enterprise', jails, sso, users, ...next } as Partial<ConfigFile>);
    return owner.request('users.reload', { code });
  };
  return {
    atom,
    reload,
    dana: users.dana,
    named: await device('pad', false),
    vouched: await device('phone', true),
  };
}

type Client = Awaited<ReturnType<typeof openHouse>>['named'];

describe('an identity', () => {
  it('changes no verdict: what a device asks for is decided as if the settings had named it', async () => {
    const { atom, named, vouched } = await openHouse();
    const asked: Approval[] = [];
    atom.records.bus.on('approval.asked', (approval) => {
      asked.push(approval);
      const no = { ref: approval.id, verdict: 'deny', typed: true, by: TERMINAL } as const;
      atom.records.approvals.answer(no).catch(() => undefined);
    });
    /** All that was decided; not whose name stands there, and when. */
    const decided = async (client: Client, text: string) => {
      const before = asked.length;
      await client.request('chat.send', { text, key: text });
      const { request, card } = await until('a card', () => asked[before]);
      const { id: _, digest: _digest, code: _code, who, askedAt, expiresAt, ...same } = card;
      expect(who).toMatch(/a member$/);
      const { labels, principal } = request;
      const told = { ...same, why: card.why.map((words) => words.replace(/ d[12]$/, ' them')) };
      return { labels, principal, lives: expiresAt - askedAt, ...told };
    };
    for (const text of ['/run touch made.txt', '/run rm -rf .', '/run touch other.txt'])
      expect(await decided(vouched, text)).toEqual(await decided(named, text));
    for (const method of ['approvals.answer', 'devices.pair', 'panic', 'users.list'] as const) {
      const [one, other] = [await vouched.request(method, {}), await named.request(method, {})];
      expect(one.error?.code, method).toBe('blocked');
      expect(other.error?.code, method).toBe(one.error?.code);
    }
  });

  it('is given only with a word of the owner’s, also where another provider is named, and taken at once', async () => {
    const { atom, reload, dana, vouched } = await openHouse();
    const { secret } = await atom.records.factor.begin('default');
    const code = (steps: number): string =>
      generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });
    const confirmed = await atom.records.factor.confirm([code(-1), code(0)]);
    const codes = 'recoveryCodes' in confirmed ? confirmed.recoveryCodes : [];
    const users = { dana: { ...dana, identities: [{ subject: '2482' }, { subject: '9' }] } };
    expect((await reload({ users })).error?.message).toMatch(
      /bring devices as subject 9 at https:\/\/login\.example\.com/,
    );
    const wider = { users, sso: { ...sso, audience: 'other' } };
    expect((await reload(wider)).error?.code).toBe('credentials');
    expect((await reload({ sso: { ...sso, keys: '/tmp/keys.json' } })).error?.code).toBe(
      'credentials',
    );
    expect(atom.records.users.named('dana')?.identities).toEqual([known]);
    expect((await vouched.request('sessions.list')).error).toBeUndefined();
    expect((await reload({ users }, codes[0])).error).toBeUndefined();
    expect((await vouched.request('sessions.list')).error).toBeUndefined();

    expect((await reload({ users: { dana: { ...dana, identities: [] } } })).error).toBeUndefined();
    expect((await vouched.request('sessions.list')).error?.code).toBe('blocked');
    expect(await deviceById(atom.records.store, 'd2')).toHaveProperty('revokedAt');
    expect(await deviceById(atom.records.store, 'd1')).not.toHaveProperty('revokedAt');
  });
});
