import { describe, expect, it } from 'vitest';
import { newIdentity } from '../../../src/base/ed25519.ts';
import type { Scope } from '../../../src/domain/caller.ts';
import type { InboundEvent } from '../../../src/domain/event.ts';
import { spoolEvent } from '../../../src/store/tables/spool.ts';
import { heldClock } from '../../store/fresh.ts';
import { greetingOf, openStage, paired, type Stage, TERMINAL } from './stage.ts';

const said: InboundEvent = {
  id: '',
  externalId: '',
  kind: 'message',
  text: 'hello',
  media: [],
  at: 1,
  isGroup: false,
  mentionsMe: true,
  sender: { id: 'd1' },
  from: { channel: 'device', account: 'main', peer: 'd1' },
};

const REFUSED = { kind: 'refused' };

const show = async (stage: Stage, token: string, wanted?: readonly Scope[]) => {
  const greeting = await greetingOf(stage);
  const auth = { kind: 'token', token, nonce: greeting.nonce } as const;
  return stage.devices.credentials.open(auth, greeting, wanted);
};

describe('a device that is known', () => {
  it('proves its key and shows the one it was given: either alone opens nothing', async () => {
    const stage = await openStage();
    const { connect, end } = await paired(stage);
    expect(await connect(end)).toMatchObject({ kind: 'caller' });
    expect(await connect(end, { by: newIdentity() })).toMatchObject(REFUSED);
    expect(await connect({ ...end, key: `${end.key}x` })).toMatchObject(REFUSED);
    expect(await connect({ ...end, device: 'd9' })).toMatchObject(REFUSED);
    expect(await connect({ ...end, device: '1' })).toMatchObject(REFUSED);
  });

  it('may want less than it has', async () => {
    const stage = await openStage();
    const { connect, end } = await paired(stage);
    expect(await connect(end, { wanted: ['read'] })).toMatchObject({
      caller: { scopes: ['read'] },
    });
    expect(stage.asked).toHaveLength(1);
  });

  it('that asks for more has its owner asked, once, and goes on with what it has', async () => {
    const clock = heldClock();
    const stage = await openStage({ clock });
    const { connect, end } = await paired(stage);
    const more = { wanted: ['read', 'approve'] } as const;
    for (let times = 0; times < 3; times++)
      expect(await connect(end, more)).toMatchObject({ caller: { scopes: ['read', 'chat'] } });
    await expect.poll(() => stage.asked.length).toBe(2);
    const question = stage.asked[1];
    expect(question?.card).toMatchObject({
      words: ['let d1 “Pixel” do more than it may now'],
      may: [
        'see what there is and what happens',
        'speak to your agents',
        'answer cards in your name',
      ],
    });
    const yes = { ref: question?.id ?? '', verdict: 'approve', typed: true, by: TERMINAL } as const;
    const itself = { ...yes, by: { surface: 'device', id: 'd1' } };
    expect(await stage.records.approvals.answer(itself)).toMatchObject({ reason: 'not-here' });
    expect(await stage.records.approvals.answer(yes)).toMatchObject({ ok: true });
    await expect
      .poll(async () => (await stage.devices.list())[0]?.scopes)
      .toEqual(['read', 'chat', 'approve']);
    expect(await connect(end, more)).toMatchObject({ caller: { scopes: ['read', 'approve'] } });
    expect(stage.asked).toHaveLength(2);
  });

  it('fetches a new key once after its old one was made void, with its own', async () => {
    const stage = await openStage();
    const { connect, end } = await paired(stage);
    expect(await stage.devices.rotate('d1')).not.toHaveProperty('token');
    expect(await connect(end, { by: newIdentity() })).toMatchObject(REFUSED);
    const opened = await connect(end);
    if (opened.kind !== 'pairing') throw new Error('no new key');
    const next = await opened.ended;
    if (next.kind !== 'device.paired') throw new Error('no new key');
    expect(next.key).not.toBe(end.key);
    expect(await connect(end)).toMatchObject(REFUSED);
    expect(await connect(next)).toMatchObject({ kind: 'caller' });
    expect(stage.asked).toHaveLength(1);
  });

  it('is gone once it was revoked: closed, with all that it asked for, and its number with it', async () => {
    const stage = await openStage();
    const { connect, end } = await paired(stage);
    await connect(end, { wanted: ['approve'] });
    await expect.poll(() => stage.asked.length).toBe(2);
    const closed: string[] = [];
    stage.devices.credentials.onRevoked((id) => closed.push(id));
    expect(await stage.devices.revoke('pixel', TERMINAL)).toMatchObject({ id: 'd1' });
    expect(closed).toEqual(['d1']);
    expect(await connect(end)).toMatchObject(REFUSED);
    const state = 'SELECT state FROM approval WHERE id = $1';
    expect(await stage.records.store.get(state, stage.asked[1]?.id ?? '')).toEqual({
      state: 'denied',
    });
    expect(await stage.devices.credentials.needed()).toBe(false);
    await expect(stage.devices.revoke('d1', TERMINAL)).rejects.toMatchObject({ code: 'not-found' });
    await stage.records.store.run('DELETE FROM device');
    expect((await paired(stage)).end.device).toBe('d2');
  });

  it('that is revoked is done with: what runs for it stops, what it said and waits is dropped', async () => {
    const stage = await openStage();
    await paired(stage);
    const { store } = stage.records;
    const stopped: string[] = [];
    for (const key of ['device:dm:d1', 'device:dm:d1:aside', 'device:dm:d12', 'terminal:self:main'])
      stage.running
        .begin({ key, event: 'e' }, new AbortController().signal)
        .signal.addEventListener('abort', () => stopped.push(key));
    const say = (id: string, surface: string, lane: string, externalId: string) =>
      store.tx((sql) =>
        spoolEvent(
          sql,
          { ...said, id, externalId, from: { ...said.from, channel: surface } },
          lane,
        ),
      );
    await say('own', 'device', 'device:dm:d1', 'device/d1/k');
    await say('elsewhere', 'terminal', 'terminal:self:main', 'device/d1/l');
    await say('other', 'device', 'device:dm:d12', 'device/d12/k');
    await say('owner', 'terminal', 'terminal:self:main', 'k');
    await stage.devices.revoke('d1', TERMINAL);
    expect(stopped).toEqual(['device:dm:d1', 'device:dm:d1:aside']);
    const dropped = await store.all("SELECT id FROM spool WHERE result = 'revoked' ORDER BY id");
    expect(dropped).toEqual([{ id: 'elsewhere' }, { id: 'own' }]);
  });

  it('is called what its owner calls it', async () => {
    const stage = await openStage();
    await paired(stage);
    expect(await stage.devices.rename('d1', ' Dana’s \u202ephone ')).toMatchObject({
      name: 'Dana’s ⟦U+202E⟧phone',
    });
    await expect(stage.devices.rename('d7', 'x')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a program', () => {
  it('shows the token that its owner was shown, until that is replaced or revoked', async () => {
    const stage = await openStage();
    expect(await stage.devices.credentials.needed()).toBe(false);
    const { row, token } = await stage.devices.add(
      { name: 'backup script', scopes: ['read'] },
      { by: TERMINAL },
    );
    expect(stage.asked[0]?.card.words).toEqual(['make a token for the program “backup script”']);
    expect(await stage.devices.credentials.needed()).toBe(true);
    expect(await show(stage, token)).toMatchObject({
      caller: { surface: 'program', id: row.id, scopes: ['read'] },
    });
    expect(await show(stage, token, ['operate'])).toMatchObject({ caller: { scopes: ['read'] } });
    expect(await show(stage, 'atk_wrong')).toMatchObject(REFUSED);
    const closed: string[] = [];
    stage.devices.credentials.onRevoked((id) => closed.push(id));
    const next = (await stage.devices.rotate(row.id)).token ?? '';
    expect(closed).toEqual([row.id]);
    expect(await show(stage, token)).toMatchObject(REFUSED);
    expect(await show(stage, next)).toMatchObject({ kind: 'caller' });
    await stage.devices.revoke(row.id, TERMINAL);
    expect(await show(stage, next)).toMatchObject(REFUSED);
  });

  it('is nobody’s to let in but the owner’s', async () => {
    const stage = await openStage();
    const resource = { kind: 'program', name: 'x', scopes: ['read'], keyHash: 'a'.repeat(64) };
    const perform = stage.governor.performAs({ kind: 'agent', id: 'atom' });
    expect(await perform({ id: '1', action: 'device.admit', resource, context: {} })).toMatchObject(
      { ok: false },
    );
    expect(await stage.devices.list()).toEqual([]);
  });
});

describe('where a phone is told to connect', () => {
  const arm = { scopes: ['read'], seconds: 60 } as const;

  it('is where the gateway listens, with a word where no phone would get there', async () => {
    const here = await (await openStage()).devices.arm(arm, TERMINAL);
    expect(here.url).toBe('ws://127.0.0.1:18789');
    expect(here.warning).toContain('this machine alone');
    const stage = await openStage({ url: 'wss://atom.example.com' });
    const there = await stage.devices.arm(arm, TERMINAL);
    expect(there).toMatchObject({ url: 'wss://atom.example.com:443' });
    expect(there).not.toHaveProperty('warning');
    const other = await stage.devices.arm({ ...arm, url: 'wss://atom.local:8443' }, TERMINAL);
    expect(other.url).toBe('wss://atom.local:8443');
  });

  it('is nothing that everybody on the way could read, and nothing that is not open', async () => {
    const { devices } = await openStage();
    const plain = devices.arm({ ...arm, url: 'ws://atom.example.com' }, TERMINAL);
    await expect(plain).rejects.toMatchObject({ code: 'usage' });
    devices.listensBy(async () => ({ state: 'failed', reason: 'taken.', next: ['free it'] }));
    await expect(devices.arm(arm, TERMINAL)).rejects.toMatchObject({ next: ['free it'] });
  });
});
