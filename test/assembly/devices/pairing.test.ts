import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, newIdentity } from '../../../src/base/ed25519.ts';
import { pairingDigits } from '../../../src/protocol/handshake.ts';
import { newestEntries } from '../../../src/store/tables/audit.ts';
import { heldClock } from '../../store/fresh.ts';
import {
  device,
  greetingOf,
  keptSecrets,
  openStage,
  paired,
  type Stage,
  TERMINAL,
} from './stage.ts';

const kinds = async ({ records }: Stage) =>
  (await newestEntries(records.store, { limit: 100 })).map(({ kind }) => kind);

describe('a new device', () => {
  it('waits for its owner with digits that only this connection has, and gets its key once', async () => {
    const stage = await openStage();
    const phone = device(stage, newIdentity(), 'Pixel” and shows 111 111');
    const opened = await phone.scan(await stage.arm());
    if (opened.kind !== 'pairing') throw new Error('not asked');
    const { request, handshake } = opened;
    expect(request.digits).toBe(pairingDigits(handshake));
    expect(request.fingerprint).toBe(fingerprintOf(phone.own.publicKey));
    const [question] = stage.asked;
    expect(question?.card).toMatchObject({
      kind: 'trust',
      risk: 'high',
      factor: 'typed',
      action: 'device.admit',
      words: [
        `let in the device that shows ${request.digits} and calls itself “Pixel' and shows 111 111”`,
      ],
      may: ['see what there is and what happens', 'speak to your agents'],
    });
    expect(question?.card.detail).toContain(request.fingerprint);
    expect(request.expiresAt - request.askedAt).toBe(120_000);
    expect(stage.devices.waiting()).toEqual([request]);
    expect(stage.events).toContainEqual({ kind: 'device.waiting', request });
    expect(await stage.devices.list()).toEqual([]);

    const row = await stage.devices.answer(
      { ref: request.digits.replace(' ', ''), verdict: 'approve', name: 'My phone' },
      { by: TERMINAL },
    );
    const end = await opened.ended;
    if (end.kind !== 'device.paired') throw new Error(end.message);
    expect(row).toMatchObject({ id: 'd1', name: 'My phone', scopes: ['read', 'chat'] });
    expect(end.key).toMatch(/^atk_[A-Za-z0-9_-]{43}$/);
    expect(stage.devices.waiting()).toEqual([]);
    expect(await phone.connect(end)).toMatchObject({
      kind: 'caller',
      caller: { surface: 'device', id: 'd1', name: 'My phone', scopes: ['read', 'chat'] },
    });
    await expect
      .poll(() => stage.told.join('\n'))
      .toMatch(/made by you, at the terminal[\s\S]*is connected as d1/);
    expect(await kinds(stage)).toEqual(
      expect.arrayContaining(['device.armed', 'approval.asked', 'device.added', 'device.changed']),
    );
  });

  it('leaves neither its key nor the token anywhere', async () => {
    const stage = await openStage();
    const code = await stage.arm();
    const phone = device(stage);
    const opened = await phone.scan(code);
    if (opened.kind !== 'pairing') throw new Error('not asked');
    await stage.devices.answer({ ref: opened.request.id, verdict: 'approve' }, { by: TERMINAL });
    const end = await opened.ended;
    if (end.kind !== 'device.paired') throw new Error(end.message);
    await stage.records.store.close();
    const kept = ['atom.db', 'atom.db-wal'].flatMap((name) => {
      try {
        return [readFileSync(join(stage.folder, name), 'latin1')];
      } catch {
        return [];
      }
    });
    const everything = [...kept, JSON.stringify(stage.events), stage.told.join()].join('\n');
    expect(everything).toContain('device.admit');
    for (const secret of [end.key, code.bootstrapToken]) expect(everything).not.toContain(secret);
  });

  it('is refused where the owner says no, nobody answers, or it goes away; and the code is spent', async () => {
    const stage = await openStage();
    const code = await stage.arm();
    const opened = await device(stage).scan(code);
    if (opened.kind !== 'pairing') throw new Error('not asked');
    expect(
      await stage.devices.answer({ ref: opened.request.id, verdict: 'deny' }, { by: TERMINAL }),
    ).toBe(undefined);
    expect(await opened.ended).toEqual({ kind: 'device.refused', message: 'The owner said no.' });
    expect(await device(stage).scan(code)).toMatchObject({ kind: 'refused' });

    const gone = await device(stage).scan(await stage.arm());
    if (gone.kind !== 'pairing') throw new Error('not asked');
    gone.abandon();
    expect(await gone.ended).toMatchObject({ kind: 'device.refused' });
    await expect(
      stage.devices.answer({ ref: gone.request.id, verdict: 'approve' }, { by: TERMINAL }),
    ).rejects.toMatchObject({ code: 'not-found' });
    expect(await stage.devices.list()).toEqual([]);
  });

  it('gets no more than the setup code was made for, and no more than it wants', async () => {
    const stage = await openStage();
    const opened = await device(stage).scan(await stage.arm(['read', 'chat']), {
      wanted: ['read', 'approve'],
    });
    expect(opened).toMatchObject({ kind: 'pairing', request: { scopes: ['read'] } });
  });
});

describe('a setup code', () => {
  it('is good once, for the first that proves a key, and only the newest is', async () => {
    const stage = await openStage();
    const old = await stage.arm();
    const code = await stage.arm();
    expect(await device(stage).scan(old)).toMatchObject({ kind: 'refused' });
    expect(await device(stage).scan(code)).toMatchObject({ kind: 'pairing' });
    expect(await device(stage).scan(code)).toMatchObject({ kind: 'refused' });
    const rows = await stage.records.store.all('SELECT * FROM bootstrap');
    expect(rows).toEqual([]);
  });

  it('is good once also where two bring it in the same breath', async () => {
    const stage = await openStage();
    const code = await stage.arm();
    const all = await Promise.all([1, 2, 3, 4].map(() => device(stage).scan(code)));
    expect(all.filter(({ kind }) => kind === 'pairing')).toHaveLength(1);
  });

  it('is not spent by somebody without the key that it shows, and burns after five tries', async () => {
    const stage = await openStage();
    const code = await stage.arm();
    const thief = device(stage);
    for (let tries = 0; tries < 4; tries++)
      expect(await thief.scan(code, { by: newIdentity() })).toMatchObject({ kind: 'refused' });
    expect(await device(stage).scan(code)).toMatchObject({ kind: 'pairing' });
    const next = await stage.arm();
    for (let tries = 0; tries < 5; tries++) await thief.scan(next, { by: newIdentity() });
    expect(await thief.scan(next)).toMatchObject({ kind: 'refused' });
    await expect
      .poll(() => stage.told.filter((text) => text.includes('five times')))
      .toHaveLength(1);
    expect(await kinds(stage)).toContain('device.burned');
  });

  it('expires by the clock that nobody can set', async () => {
    const clock = heldClock();
    const stage = await openStage({ clock });
    const code = await stage.arm(['read'], 60);
    clock.pass(59_999);
    const early = await stage.records.store.get('SELECT expires_at FROM bootstrap');
    expect(Number(early?.expires_at)).toBeGreaterThan(stage.records.steady.now());
    clock.pass(1);
    expect(await device(stage).scan(code)).toMatchObject({ kind: 'refused' });
    expect(await stage.devices.credentials.needed()).toBe(false);
  });

  it('is of one run of one profile’s gateway', async () => {
    const secrets = keptSecrets();
    const first = await openStage({ secrets });
    const code = await first.arm();
    await first.records.store.close();
    const again = await openStage({ secrets, folder: first.folder });
    expect((await again.devices.credentials.identity()).publicKey).toBe(
      (await first.devices.credentials.identity()).publicKey,
    );
    expect(await device(again).scan(code)).toMatchObject({ kind: 'refused' });
    const other = await openStage();
    const theirs = await other.arm();
    expect(theirs.fingerprint).not.toBe(code.fingerprint);
    expect(await device(again).scan(theirs)).toMatchObject({ kind: 'refused' });
  });

  it('cannot be guessed: a thousand tries lock the door, which the owner is told once, and nobody is in', async () => {
    const clock = heldClock();
    const stage = await openStage({ clock });
    const code = await stage.arm();
    const thief = device(stage);
    const ends: string[] = [];
    for (let tries = 0; tries < 1000; tries++) {
      const token = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
      ends.push((await thief.scan({ bootstrapToken: token })).kind);
    }
    expect(new Set(ends)).toEqual(new Set(['refused']));
    await expect
      .poll(() => stage.told.filter((text) => text.includes('within an hour')))
      .toHaveLength(1);
    expect((await kinds(stage)).filter((kind) => kind === 'device.locked')).toHaveLength(1);
    expect(await device(stage).scan(code)).toMatchObject({ kind: 'refused' });
    await expect(stage.arm()).rejects.toMatchObject({ code: 'blocked' });
    expect([stage.asked, await stage.devices.list()]).toEqual([[], []]);
    clock.pass(3_600_000);
    expect(await device(stage).scan(await stage.arm())).toMatchObject({ kind: 'pairing' });
  });
});

describe('a proof', () => {
  it('of one connection opens no other', async () => {
    const stage = await openStage();
    const { own, end } = await paired(stage);
    const { open } = stage.devices.credentials;
    const one = await greetingOf(stage);
    const { clientProof } = await import('../../../src/protocol/handshake.ts');
    const signature = own.sign(clientProof({ ...one, client: own.publicKey }));
    const auth = { kind: 'device', device: end.device, key: end.key, signature } as const;
    expect(await open({ ...auth, nonce: one.nonce }, one, undefined)).toMatchObject({
      kind: 'caller',
    });
    const two = await greetingOf(stage);
    expect(await open({ ...auth, nonce: one.nonce }, two, undefined)).toMatchObject({
      kind: 'refused',
    });
  });
});
