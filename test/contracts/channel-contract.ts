import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Address } from '../../src/domain/address.ts';
import type { Channel, ChannelHealth, SendRequest } from '../../src/domain/channel.ts';
import type { InboundEvent } from '../../src/domain/event.ts';

/** What the other side of a channel shows of one message. */
export interface Shown {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** A channel, not yet opened, and a peer it talks to. What a peer or channel cannot do is left out. */
export interface ChannelStage {
  readonly channel: Channel;
  /** A second channel of the same account. */
  readonly another: () => Channel;
  /** Where somebody is who can be written to. */
  readonly home: Address;
  /** Writes to us from `home`. */
  inject?(text: string): Promise<void>;
  /** True where the peer keeps what was not acknowledged. */
  readonly redelivers?: boolean;
  pressButton?(data: string): Promise<void>;
  /** What is to be read at the other side now, after every edit, oldest first. */
  shown(): Promise<readonly Shown[]>;
  /** True where nothing that was sent can be changed. */
  readonly isFinal?: boolean;
  /** A message that the other side refuses for good. */
  readonly refused?: SendRequest;
  close(): Promise<void>;
}

/** What every channel promises, whatever is behind it. */
export function channelContract(name: string, setup: () => Promise<ChannelStage>): void {
  describe(`${name} as a channel`, () => {
    let stage: ChannelStage;
    let opened: Channel[];
    beforeEach(async () => {
      stage = await setup();
      opened = [];
    });
    afterEach(async () => {
      for (const channel of opened) await channel.close();
      await stage.close();
    });

    const start = (channel: Channel, accept: Accept = async () => undefined): Watch => {
      const watch: Watch = { events: [], health: [] };
      opened.push(channel);
      channel.open({
        accept: async (event) => {
          watch.events.push(event);
          await accept(event, watch.events.length);
        },
        health: (health) => watch.health.push(health),
      });
      return watch;
    };
    const ready = (watch: Watch) =>
      expect.poll(() => watch.health.at(-1)?.state, { timeout: 15_000 }).toBe('ready');
    const texts = (watch: Watch): string[] => watch.events.map(({ text }) => text);
    const send = (message: Partial<SendRequest>) =>
      stage.channel.send(
        { id: 'm1', to: stage.home, text: 'hello', buttons: [], ...message },
        AbortSignal.timeout(15_000),
      );

    test('says who it is once it is ready', async () => {
      const watch = start(stage.channel);
      await ready(watch);
      expect(watch.health.at(-1)).toMatchObject({ identity: expect.stringMatching(/./) });
    });

    test('hands over what people write, in their order, and who wrote it', async ({ skip }) => {
      if (!stage.inject) return skip();
      const watch = start(stage.channel);
      for (const text of ['one', 'two', 'three']) await stage.inject(text);
      await expect.poll(() => texts(watch)).toEqual(['one', 'two', 'three']);
      expect(watch.events[0]).toMatchObject({ kind: 'message', from: stage.home, media: [] });
      expect(watch.events[0]?.sender.id).toMatch(/./);
      expect(new Set(watch.events.map(({ externalId }) => externalId)).size).toBe(3);
    });

    test('accepts one event at a time', async ({ skip }) => {
      if (!stage.inject) return skip();
      let running = 0;
      let most = 0;
      const watch = start(stage.channel, async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      });
      for (const text of ['one', 'two', 'three']) await stage.inject(text);
      await expect.poll(() => watch.events.length).toBe(3);
      expect(most).toBe(1);
    });

    test('offers an event again, under the same id, until it was stored', async ({ skip }) => {
      if (!stage.inject || !stage.redelivers) return skip();
      const watch = start(stage.channel, async (_event, count) => {
        if (count === 1) throw new Error('the disk is full');
      });
      await stage.inject('keep me');
      await stage.inject('me too');
      await expect.poll(() => texts(watch)).toEqual(['keep me', 'keep me', 'me too']);
      expect(watch.events[0]?.externalId).toBe(watch.events[1]?.externalId);
      expect(watch.health.map(({ state }) => state)).toContain('retrying');
      await ready(watch);
    });

    test('leaves what was not stored to whoever opens next', async ({ skip }) => {
      if (!stage.inject || !stage.redelivers) return skip();
      const first = start(stage.channel, async () => {
        throw new Error('the disk is full');
      });
      await stage.inject('do not lose me');
      await expect.poll(() => first.events.length).toBeGreaterThan(0);
      await stage.channel.close();
      const second = start(stage.another());
      await expect.poll(() => texts(second)).toEqual(['do not lose me']);
    });

    test('does not offer again what was stored before it closed', async ({ skip }) => {
      if (!stage.inject || !stage.redelivers) return skip();
      const first = start(stage.channel);
      await stage.inject('old');
      await expect.poll(() => texts(first)).toEqual(['old']);
      await stage.channel.close();
      const second = start(stage.another());
      await stage.inject('new');
      await expect.poll(() => texts(second)).toEqual(['new']);
      expect(texts(first)).toEqual(['old']);
    });

    test('closes within a second and leaves its place to the next', async () => {
      const watch = start(stage.channel);
      await ready(watch);
      const began = performance.now();
      await stage.channel.close();
      expect(performance.now() - began).toBeLessThan(1000);
      await stage.channel.close();
      await ready(start(stage.another()));
      expect(watch.health.at(-1)?.state).toBe('ready');
    });

    test('shows what was sent exactly as it was written', async () => {
      const text = '*bold* <b>bold</b> [link](https://example.com) `code` — ok?\n& the rest';
      const { externalId } = await send({ text });
      expect(externalId).toMatch(/./);
      expect(await stage.shown()).toEqual([{ text, buttons: [] }]);
    });

    test('says that what it sent cannot be changed', async ({ skip }) => {
      if (!stage.isFinal) return skip();
      const { externalId } = await send({ text: 'before' });
      const failure = send({ id: 'm2', text: 'after', edits: externalId }).catch((e: unknown) => e);
      expect(await failure).toMatchObject({ name: 'SendError', failure: { kind: 'refused' } });
      expect(await stage.shown()).toEqual([{ text: 'before', buttons: [] }]);
    });

    test('replaces a message that it sent', async ({ skip }) => {
      if (stage.isFinal) return skip();
      const { externalId } = await send({ text: 'before' });
      const edited = await send({ id: 'm2', text: 'after', edits: externalId });
      expect(edited.externalId).toBe(externalId);
      await expect.poll(() => stage.shown()).toEqual([{ text: 'after', buttons: [] }]);
    });

    test('shows buttons, takes them away, and tells when one is pressed', async ({ skip }) => {
      if (!stage.channel.facts.buttons || !stage.pressButton) return skip();
      const watch = start(stage.channel);
      await ready(watch);
      const buttons = [
        [{ label: 'Once', data: 'v1:y:k7p2' }],
        [{ label: 'Deny', data: 'v1:n:k7p2' }],
      ];
      const { externalId } = await send({ text: 'May I?', buttons });
      expect(await stage.shown()).toEqual([
        { text: 'May I?', buttons: ['v1:y:k7p2', 'v1:n:k7p2'] },
      ]);
      await stage.pressButton('v1:y:k7p2');
      await expect.poll(() => watch.events.length).toBe(1);
      const [press] = watch.events;
      expect(press).toMatchObject({ kind: 'button', text: 'v1:y:k7p2', from: stage.home });
      if (press) await stage.channel.acknowledge?.(press, 'Approved');
      if (stage.isFinal) return;
      await send({ id: 'm2', text: 'Approved', edits: externalId });
      expect(await stage.shown()).toEqual([{ text: 'Approved', buttons: [] }]);
    });

    test('says when a message will never be taken', async ({ skip }) => {
      if (!stage.refused) return skip();
      const failure = send(stage.refused).catch((error: unknown) => error);
      expect(await failure).toMatchObject({ name: 'SendError', failure: { kind: 'refused' } });
      expect(await stage.shown()).toEqual([]);
    });
  });
}

type Accept = (event: InboundEvent, count: number) => Promise<void>;

interface Watch {
  readonly events: InboundEvent[];
  readonly health: ChannelHealth[];
}
