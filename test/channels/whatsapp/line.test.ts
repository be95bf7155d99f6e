import { describe, expect, it } from 'vitest';
import { createKeep } from '../../../src/channels/whatsapp/keep.ts';
import type { LinkStep } from '../../../src/domain/channel.ts';
import { DANA, OWN } from '../../peers/whatsapp/peer.ts';
import { watched } from '../telegram/stage.ts';
import { seedLink } from './kept.ts';
import { home, link, whatsappStage } from './stage.ts';

const SOON = { timeout: 20_000 };

describe('a WhatsApp account', () => {
  it('is linked by a code, restarted once, and ready without another', async () => {
    const { peer, make, store, secrets } = await whatsappStage();
    const { channel } = make();
    const watch = watched(channel);
    await expect.poll(() => watch.state(), SOON).toBe('failed');
    expect(watch.reasons().join()).toContain('atom channels login whatsapp');
    const steps: LinkStep[] = [];
    expect(await link(channel, peer, steps)).toEqual({ kind: 'linked', identity: `+${OWN}` });
    expect(steps.map(({ kind }) => kind)).toEqual(['qr', 'linked']);
    expect(peer.registrations.map(({ osName }) => osName)).toEqual(['atom']);
    expect(peer.logins()).toBe(1);
    // Nothing that is kept can be read without its key.
    const rows = JSON.stringify(await store.all('SELECT sealed FROM wa_key'));
    expect(rows).not.toMatch(/private|advSecretKey|15550000000/);
    expect(await createKeep({ store, secrets }).linked()).toMatchObject({ number: OWN });
    await expect(channel.linking?.begin({}, () => undefined)).rejects.toThrow('linked to');
  });

  it('comes back after outages and other programs, and waits each time', async () => {
    const { peer, make, store, secrets } = await whatsappStage();
    await seedLink({ store, secrets });
    peer.welcome({ streamError: 503 }, { streamError: 440 }, { failure: 405 }, 'log in');
    const { channel, waits } = make();
    const watch = watched(channel);
    await expect.poll(() => watch.state(), SOON).toBe('ready');
    expect(watch.reasons().map((reason) => /\d{3}/.exec(reason)?.[0])).toEqual([
      '503',
      '440',
      '405',
    ]);
    expect(waits).toHaveLength(3);
    expect(waits[1]).toBeGreaterThanOrEqual(30_000);
    expect(peer.registrations).toEqual([]);
  });

  it('is forgotten once the phone logs it out, and never tried again by itself', async () => {
    const { peer, make, store, secrets } = await whatsappStage();
    await seedLink({ store, secrets });
    peer.welcome({ failure: 401 });
    const watch = watched(make().channel);
    await expect.poll(() => watch.state(), SOON).toBe('failed');
    expect(watch.reasons().at(-1)).toContain('atom channels login whatsapp');
    expect(await createKeep({ store, secrets }).linked()).toBeUndefined();
    expect(await store.all('SELECT * FROM wa_key')).toEqual([]);
  });

  it('says what to install where its library is not', async () => {
    const { make } = await whatsappStage();
    const watch = watched(make({ library: () => undefined }).channel);
    await expect.poll(() => watch.state(), SOON).toBe('failed');
    expect(watch.reasons().at(-1)).toContain('atom channels add whatsapp');
  });

  it('shows what comes in, tells its sender that it was read, and quotes it', async () => {
    const { peer, make, store, secrets } = await whatsappStage();
    await seedLink({ store, secrets });
    const { channel } = make();
    const watch = watched(channel);
    await expect.poll(() => watch.state(), SOON).toBe('ready');
    await peer.inject('hello');
    await expect.poll(() => watch.events.length, SOON).toBe(1);
    const [event] = watch.events;
    expect(event).toMatchObject({ sender: { id: DANA }, from: home, text: 'hello' });
    await expect
      .poll(() => peer.heard('receipt').some(({ attrs }) => attrs.type === 'read'), SOON)
      .toBe(true);
    const answer = { id: 'm1', to: home, text: 'hi', buttons: [], inReplyTo: event?.id ?? '' };
    await channel.send(answer, AbortSignal.timeout(15_000));
    // Sent again under the same id, it is there once.
    await channel.send(answer, AbortSignal.timeout(15_000));
    expect(peer.sent).toHaveLength(1);
    expect(peer.sent[0]).toMatchObject({ text: 'hi', quotes: expect.stringMatching(/./) });
    if (event) await channel.acknowledge?.(event, 'Approved');
    await expect.poll(() => peer.sent.at(-1)?.reaction, SOON).toBe('👀');
  });

  it('writes no more a day than it may', async () => {
    const { make, store, secrets, peer } = await whatsappStage();
    await seedLink({ store, secrets });
    const settings = { name: 'atom', dailyCap: 1, allow: [DANA], groups: [], url: peer.url };
    const { channel } = make({ settings });
    const send = (id: string) =>
      channel.send({ id, to: home, text: id, buttons: [] }, AbortSignal.timeout(20_000));
    await send('one');
    await expect(send('two')).rejects.toMatchObject({
      failure: { kind: 'later', retryMs: expect.any(Number) },
    });
  });

  it('comes back after a cut, and stays linked where its account was blocked', async () => {
    const { peer, make, store, secrets } = await whatsappStage();
    await seedLink({ store, secrets });
    const watch = watched(make().channel);
    await expect.poll(() => watch.state(), SOON).toBe('ready');
    peer.welcome('log in', { failure: 403 });
    peer.cut();
    await expect.poll(() => peer.logins(), SOON).toBe(2);
    peer.cut();
    await expect.poll(() => watch.state(), SOON).toBe('failed');
    expect(watch.reasons()[0]).toContain('428');
    expect(watch.reasons().at(-1)).toContain('blocked this account (403)');
    expect(await createKeep({ store, secrets }).linked()).toMatchObject({ number: OWN });
  });

  it('makes its sessions anew after three bad ones, and asks to be linked again after six', async () => {
    const { peer, make, store, secrets } = await whatsappStage();
    await seedLink({ store, secrets });
    const keep = createKeep({ store, secrets });
    await keep.write([{ kind: 'session', id: `${DANA}.0`, value: '"bad"' }]);
    const bad = { failure: 500 };
    peer.welcome(bad, bad, bad, 'log in', bad);
    const watch = watched(make().channel);
    await expect.poll(() => watch.state(), SOON).toBe('ready');
    expect(watch.reasons().at(-1)).toContain('making new ones');
    expect(await keep.read('session', [`${DANA}.0`])).toEqual({});
    expect(await keep.linked()).toMatchObject({ number: OWN });
    peer.cut();
    await expect.poll(() => watch.state(), SOON).toBe('failed');
    expect(watch.reasons().at(-1)).toContain('atom channels login whatsapp');
    expect(await keep.linked()).toBeUndefined();
  });

  it('shows a code to type, once, where a number is given', async () => {
    const { peer, make } = await whatsappStage();
    const { channel } = make();
    watched(channel);
    const steps: LinkStep[] = [];
    await channel.linking?.begin({ phone: OWN }, (step) => steps.push(step));
    await expect.poll(() => steps.length, SOON).toBe(1);
    expect(steps).toEqual([{ kind: 'code', text: expect.stringMatching(/^[A-Z0-9]{8}$/) }]);
    // It is shown as soon as it is asked for, which the peer may hear later.
    const asked = () => JSON.stringify(peer.heard('iq'));
    await expect.poll(asked, SOON).toContain('companion_hello');
    expect(asked()).toContain(OWN);
  });

  it('writes to a group by the key of its senders, and hears it only where it was added', async () => {
    const { peer, make, store, secrets } = await whatsappStage();
    await seedLink({ store, secrets });
    const group = '120363000000000001@g.us';
    const settings = { name: 'atom', dailyCap: 9, allow: [DANA], groups: [group], url: peer.url };
    const { channel } = make({ settings });
    const watch = watched(channel);
    await expect.poll(() => watch.state(), SOON).toBe('ready');
    const sender = `${DANA}@s.whatsapp.net`;
    await peer.inject('not here', { chat: '120363000000000002@g.us', sender });
    await peer.inject('hello all', { chat: group, sender });
    await expect.poll(() => watch.events.length, SOON).toBe(1);
    expect(watch.events[0]).toMatchObject({
      ...{ from: { ...home, peer: group }, sender: { id: DANA }, text: 'hello all' },
      ...{ isGroup: true, mentionsMe: false },
    });
    // This peer confirms no message of a group, so how it ends is not looked at.
    channel
      .send(
        { id: 'g', to: { ...home, peer: group }, text: 'hi', buttons: [] },
        AbortSignal.timeout(9000),
      )
      .catch(() => undefined);
    const sent = () => peer.heard('message').find(({ attrs }) => attrs.to === group);
    await expect.poll(sent, SOON).toBeDefined();
    expect(JSON.stringify(sent())).toContain('skmsg');
  });
});
