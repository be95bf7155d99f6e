import { describe, expect, it } from 'vitest';
import { createKeep } from '../../../src/channels/whatsapp/keep.ts';
import type { LinkStep } from '../../../src/domain/channel.ts';
import { OWN } from '../../peers/whatsapp/peer.ts';
import { watched } from '../telegram/stage.ts';
import { link, whatsappStage } from './stage.ts';

const SOON = { timeout: 20_000 };

describe('a WhatsApp account', () => {
  it('is linked by a code, restarted once, and forgotten once the phone logs it out', async () => {
    const { peer, make, store, secrets } = await whatsappStage();
    const { channel } = make();
    const watch = watched(channel);
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

    peer.welcome({ streamError: 503 }, { failure: 401 });
    peer.cut();
    await expect.poll(() => watch.state(), SOON).toBe('failed');
    const codes = watch.reasons().flatMap((reason) => /\d{3}/.exec(reason)?.[0] ?? []);
    expect(codes).toEqual(['428', '503']);
    expect(watch.reasons().at(-1)).toContain('atom channels login whatsapp');
    expect(await createKeep({ store, secrets }).linked()).toBeUndefined();
    expect(await store.all('SELECT * FROM wa_key')).toEqual([]);
    expect(peer.registrations).toHaveLength(1);
  }, 90_000);

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
});
