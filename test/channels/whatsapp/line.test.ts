import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKeep } from '../../../src/channels/whatsapp/keep.ts';
import type { LinkStep } from '../../../src/domain/channel.ts';
import { DANA, OWN } from '../../peers/whatsapp/peer.ts';
import { watched } from '../telegram/stage.ts';
import { scripted } from './script.ts';
import { whatsappFor } from './stage.ts';

const SOON = { timeout: 20_000 };

describe('a connection to WhatsApp', { timeout: 60_000 }, () => {
  it('comes back after outages and other programs, and waits each time', async () => {
    const { channel, waits } = await scripted(true, 503, 440, 405, 'open');
    const watch = watched(channel);
    await expect.poll(() => watch.state(), SOON).toBe('ready');
    const codes = watch.reasons().map((reason) => /\d{3}/.exec(reason)?.[0]);
    expect(codes).toEqual(['503', '440', '405']);
    expect(waits).toHaveLength(3);
    expect(waits[1]).toBeGreaterThanOrEqual(30_000);
  });

  it('comes back after a cut, and stays linked where its account was blocked', async () => {
    const { channel, store, secrets, say } = await scripted(true, 'open', 428, 'open');
    const watch = watched(channel);
    await expect.poll(() => watch.health.filter(isReady).length, SOON).toBe(2);
    say(403);
    await expect.poll(() => watch.state(), SOON).toBe('failed');
    expect(watch.reasons()[0]).toContain('428');
    expect(watch.reasons().at(-1)).toContain('blocked this account (403)');
    expect(await createKeep({ store, secrets }).linked()).toMatchObject({ number: OWN });
  });

  it('makes its sessions anew after three bad ones, and asks to be linked again after six', async () => {
    const { channel, store, secrets, say } = await scripted(true);
    const keep = createKeep({ store, secrets });
    await keep.write([{ kind: 'session', id: `${DANA}.0`, value: '"bad"' }]);
    say(500, 500, 500, 'open');
    const watch = watched(channel);
    await expect.poll(() => watch.state(), SOON).toBe('ready');
    expect(watch.reasons().at(-1)).toContain('making new ones');
    expect(await keep.read('session', [`${DANA}.0`])).toEqual({});
    expect(await keep.linked()).toMatchObject({ number: OWN });
    say(500, 500, 500);
    await expect.poll(() => watch.state(), SOON).toBe('failed');
    expect(watch.reasons().at(-1)).toContain('atom channels login whatsapp');
    expect(await keep.linked()).toBeUndefined();
  });

  it('is tried once where somebody wants to link, and no longer than WhatsApp shows codes', async () => {
    const { channel, store, say } = await scripted(false);
    const watch = watched(channel);
    await expect.poll(() => watch.state(), SOON).toBe('failed');
    expect(watch.reasons().at(-1)).toContain('no account is linked');
    const steps: LinkStep[] = [];
    await channel.linking?.begin({}, (step) => steps.push(step));
    say(408);
    await expect.poll(() => steps.length, SOON).toBe(1);
    const reason = expect.stringContaining('nobody took a code in time');
    expect(steps).toEqual([{ kind: 'failed', reason }]);
    expect(watch.state()).toBe('failed');
    expect(await store.all('SELECT * FROM wa_key')).toEqual([]);
  });

  it('is begun anew for whoever wants to link while somebody else does', async () => {
    const { channel, say, asked } = await scripted(false);
    const watch = watched(channel);
    await expect.poll(() => watch.state(), SOON).toBe('failed');
    const [first, second]: LinkStep[][] = [[], []];
    await channel.linking?.begin({}, (step) => first?.push(step));
    await expect.poll(asked, SOON).toBe(1);
    await channel.linking?.begin({ phone: OWN }, (step) => second?.push(step));
    expect(first).toEqual([{ kind: 'failed', reason: 'somebody else began to link' }]);
    await expect.poll(asked, SOON).toBe(2);
    expect(second).toEqual([]);
    say(408, 408);
    await expect.poll(() => second?.length, SOON).toBe(1);
    expect(second?.[0]).toMatchObject({ reason: expect.stringContaining('408') });
  });

  it('is not tried where its library is not installed', async () => {
    const { store, secrets } = await scripted(true);
    const { channel } = whatsappFor({ url: '' }, { store, secrets, library: () => undefined });
    const watch = watched(channel);
    await expect.poll(() => watch.state(), SOON).toBe('failed');
    expect(watch.reasons().at(-1)).toContain('atom channels add whatsapp');
    await channel.close();
  });

  it('says so where its program does not start, and gives up soon', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'atom-broken-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const dying = join(folder, 'dying.mjs');
    writeFileSync(dying, 'process.exit(7);');
    writeFileSync(join(folder, 'package.json'), '{ "main": "main.js" }');
    writeFileSync(join(folder, 'main.js'), "require('something-that-is-missing');");
    for (const [how, broken] of [
      ['did not start (code 7)', { program: dying }],
      [
        "its library cannot be loaded: Cannot find module 'something-that-",
        { library: () => folder },
      ],
    ] as const) {
      const { store, secrets } = await scripted(true);
      const { channel } = whatsappFor({ url: '' }, { store, secrets, ...broken });
      const watch = watched(channel);
      await expect.poll(() => watch.state(), SOON).toBe('failed');
      expect(watch.reasons()[0]).toContain(how);
      expect(watch.reasons().at(-1)).toContain('does not start here');
      expect(watch.reasons().at(-1)).toContain('atom doctor');
      await channel.close();
    }
  });
});

const isReady = ({ state }: { readonly state: string }): boolean => state === 'ready';
