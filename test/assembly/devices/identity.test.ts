import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usersIn } from '../../../src/config/users-schema.ts';
import { grantable } from '../../../src/domain/caller.ts';
import type { User } from '../../../src/domain/user.ts';
import { knownBy } from '../../../src/gateway/known-caller.ts';
import { createOutside } from '../../../src/jail/net/outside.ts';
import { identityNonce } from '../../../src/protocol/handshake.ts';
import { startOpenId } from '../../peers/openid.ts';
import { heldClock } from '../../store/fresh.ts';
import { device, openStage, type Scene, type Stage, TERMINAL } from './stage.ts';

let provider: Awaited<ReturnType<typeof startOpenId>>;
beforeAll(async () => {
  provider = await startOpenId([
    { sub: '2482', email: 'dana@example.com', email_verified: true },
    { sub: 'e77', email: 'erik@example.com', email_verified: true },
    { sub: 'o1' },
    { sub: 'stranger', email: 'dana@example.com', email_verified: false },
  ]);
});
afterAll(() => provider.close());

const setting = (more: object = {}) => ({
  edition: 'enterprise',
  sso: { issuer: provider.issuer, audience: provider.audience },
  users: {
    dana: { agents: ['dana'], identities: [{ email: 'dana@example.com' }] },
    erik: { agents: ['erik'], identities: [{ subject: 'e77' }] },
    other: { role: 'owner', identities: [{ subject: 'o1' }] },
    ...more,
  },
});

const open = (scene: Scene = {}): Promise<Stage> =>
  openStage({
    config: setting(),
    outside: createOutside(),
    // The provider's own clock is that of the machine.
    clock: heldClock(Date.now()),
    ...scene,
  });

/** A device whose user has signed in there, and that brings what it was given. */
async function phoneOf(stage: Stage, sub: string, more: { readonly idToken?: string } = {}) {
  const phone = device(stage);
  const idToken = await provider.signIn(sub, identityNonce(phone.own.publicKey));
  const opened = await phone.scan(await stage.arm(grantable, 180, more), { idToken });
  return { ...phone, idToken, opened };
}

async function letIn(stage: Stage, sub: string) {
  const phone = await phoneOf(stage, sub);
  if (phone.opened.kind !== 'pairing') throw new Error(JSON.stringify(phone.opened));
  await stage.devices.answer(
    { ref: phone.opened.request.digits, verdict: 'approve' },
    { by: TERMINAL },
  );
  const end = await phone.opened.ended;
  if (end.kind !== 'device.paired') throw new Error(end.message);
  return { ...phone, end };
}

/** What a device may ask for as things are. */
const may = ({ records }: Stage, id: string) => {
  const caller = { surface: 'device', id, name: id, scopes: grantable } as const;
  const { user, scopes } = knownBy(records.users).known(caller);
  return { user, scopes };
};

const without = (name: string) => (user: User) => {
  const { identities: _, ...rest } = user;
  return user.name === name ? rest : user;
};

describe('a device that brings a token of an OpenID provider', () => {
  it('waits for the owner as every other, and becomes its user’s with no more than users may', async () => {
    const stage = await open();
    const { opened, connect, idToken } = await phoneOf(stage, '2482');
    if (opened.kind !== 'pairing') throw new Error(JSON.stringify(opened));
    expect(opened.request).toMatchObject({
      owner: { user: 'dana', words: `email dana@example.com at ${provider.issuer}` },
      scopes: ['read', 'chat'],
    });
    expect(await stage.devices.list()).toEqual([]);
    const [question] = stage.asked;
    expect(question?.card.words[0]).toMatch(/^let in the device that shows .* as one of dana’s$/);
    expect(question?.card).toMatchObject({ kind: 'trust', risk: 'high', factor: 'typed' });
    expect(question?.card.detail).toContain('known as email dana@example.com');
    await stage.devices.answer({ ref: opened.request.id, verdict: 'approve' }, { by: TERMINAL });
    const end = await opened.ended;
    if (end.kind !== 'device.paired') throw new Error(end.message);
    expect(await connect(end)).toMatchObject({
      kind: 'caller',
      caller: { scopes: ['read', 'chat'] },
    });
    expect(stage.records.users.at({ channel: 'device', id: 'd1' })?.name).toBe('dana');
    expect(may(stage, 'd1')).toEqual({ user: 'dana', scopes: ['read', 'chat'] });
    // It is given no more either: nobody is asked.
    const asked = stage.asked.length;
    expect(await connect(end, { wanted: ['approve'] })).toMatchObject({
      caller: { scopes: ['read', 'chat'] },
    });
    expect(stage.asked).toHaveLength(asked);
    await stage.records.store.close();
    const kept = ['atom.db', 'atom.db-wal'].map((name) => {
      try {
        return readFileSync(join(stage.folder, name), 'latin1');
      } catch {
        return '';
      }
    });
    const everything = [...kept, JSON.stringify(stage.events), stage.told.join()].join('\n');
    for (const piece of idToken.split('.')) expect(everything).not.toContain(piece);
  });

  it('is as much as its user is: of an owner it is the owner’s', async () => {
    const stage = await open();
    const { end } = await letIn(stage, 'o1');
    expect(end.scopes).toEqual(grantable);
    expect(may(stage, end.device)).toEqual({ user: undefined, scopes: grantable });
  });

  it('is let in by nobody’s word but the owner’s', async () => {
    const stage = await open();
    const { opened } = await phoneOf(stage, '2482');
    if (opened.kind !== 'pairing') throw new Error('not asked');
    await stage.devices.answer({ ref: opened.request.id, verdict: 'deny' }, { by: TERMINAL });
    expect(await opened.ended).toMatchObject({ kind: 'device.refused' });
    expect(await stage.devices.list()).toEqual([]);
  });

  it('is refused with a reason, and the owner told, where it is nobody’s', async () => {
    const stage = await open();
    const refusedAs = async (sub: string, words: RegExp) => {
      const { opened } = await phoneOf(stage, sub);
      expect(opened).toMatchObject({ kind: 'refused', told: { code: 'credentials' } });
      if (opened.kind === 'refused') expect(opened.told?.message).toMatch(words);
    };
    // The address is Dana's, and the provider never saw that.
    await refusedAs('stranger', /nobody who is a user here/);
    await expect.poll(() => stage.told.join('\n')).toMatch(/was refused.*--subject "stranger"/);
    // Of another device, or without the code, a token is worth nothing.
    const phone = device(stage);
    const idToken = await provider.signIn('2482', identityNonce('somebody else'));
    expect(await phone.scan(await stage.arm(), { idToken })).toMatchObject({
      told: { message: expect.stringContaining('not asked for by this device') },
    });
    const asked = provider.asked.length;
    expect(await device(stage).scan({ bootstrapToken: 'x' }, { idToken })).toEqual({
      kind: 'refused',
      message: expect.stringContaining('a setup code was not good'),
    });
    expect(provider.asked).toHaveLength(asked);
    expect(stage.asked).toEqual([]);
  });

  it('may have been meant for one user by whoever made the code', async () => {
    const stage = await open();
    const made = { idToken: await provider.signIn('2482', 'any') };
    const { opened } = await phoneOf(stage, 'e77', made);
    expect(opened).toMatchObject({
      told: { message: 'The setup code was made for another user.' },
    });
    const code = await stage.arm(grantable, 180, { idToken: await provider.signIn('2482', 'n') });
    const plain = await device(stage).scan(code);
    expect(plain).toMatchObject({ request: { owner: { user: 'dana' }, scopes: ['read', 'chat'] } });
    // The next code is for whoever the owner says again.
    expect(await device(stage).scan(await stage.arm())).not.toHaveProperty('request.owner');
    await expect(stage.arm(grantable, 180, made)).rejects.toMatchObject({ code: 'credentials' });
  });
});

describe('who is not known as that any more', () => {
  it('gets no device, also where the owner says yes a moment later', async () => {
    const stage = await open();
    const { opened } = await phoneOf(stage, '2482');
    if (opened.kind !== 'pairing') throw new Error('not asked');
    stage.records.users.use(stage.records.users.list().map(without('dana')));
    await stage.devices
      .answer({ ref: opened.request.id, verdict: 'approve' }, { by: TERMINAL })
      .catch(() => undefined);
    expect(await opened.ended).toMatchObject({ kind: 'device.refused' });
    expect(await stage.devices.list()).toEqual([]);
  });

  it.each(['dana', 'other'])('loses what %s’s device may do at once, and its key', async (name) => {
    const stage = await open();
    const { end } = await letIn(stage, name === 'dana' ? '2482' : 'o1');
    const { users } = stage.records;
    const before = usersIn(stage.options.config);
    users.use(before.map(without(name)));
    expect(may(stage, end.device).scopes).toEqual([]);
    // Not the owner's either, where there is no such user any more.
    users.use(before.filter((user) => user.name !== name));
    expect(may(stage, end.device)).toEqual({ user: undefined, scopes: [] });
    await stage.records.store.close();
    const kept = { ...setting(), users: { erik: { agents: ['erik'] } } };
    const { sso: _, ...rest } = kept;
    const after = await open({ folder: stage.folder, secrets: stage.secrets, config: rest });
    expect((await after.devices.list())[0]).toHaveProperty('revokedAt');
  });

  it('by another provider is somebody else', async () => {
    const stage = await open();
    await letIn(stage, '2482');
    await stage.records.store.close();
    const sso = { issuer: 'https://other.example', audience: provider.audience };
    const config = { ...setting(), sso };
    const after = await open({ folder: stage.folder, secrets: stage.secrets, config });
    expect((await after.devices.list())[0]).toHaveProperty('revokedAt');
  });

  it('stays who they are over a restart, and what they said stays theirs when it is revoked', async () => {
    const stage = await open();
    const { end } = await letIn(stage, '2482');
    await stage.records.store.close();
    const after = await open({ folder: stage.folder, secrets: stage.secrets });
    expect(may(after, end.device)).toEqual({ user: 'dana', scopes: ['read', 'chat'] });
    await after.devices.revoke(end.device, TERMINAL);
    expect(after.records.users.at({ channel: 'device', id: end.device })?.name).toBe('dana');
  });
});
