import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { channelRows, testOf } from './channel-rows.ts';
import type { ChannelStage, Lacks } from './channel-stage.ts';
import { of, ready, texts, type Watching, watching } from './channel-watch.ts';

/** What every channel promises, whatever is behind it; `lacks` says why what is left out is. */
export function channelContract(
  name: string,
  setup: () => Promise<ChannelStage>,
  lacks: Lacks,
): void {
  describe(`${name} as a channel`, () => {
    let { stage, start, send, end }: Watching = {} as Watching;
    beforeEach(async () => {
      ({ stage, start, send, end } = watching(await setup()));
    });
    afterEach(() => end());
    const has = testOf(lacks);

    test('says who it is once it is ready', async () => {
      const watch = start();
      await ready(watch);
      expect(watch.health.at(-1)).toMatchObject({ identity: expect.stringMatching(/./) });
    });

    has('words in')('hands over what people write, in order, one at a time', async () => {
      let running = 0;
      let most = 0;
      const watch = start(stage.channel, async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      });
      for (const text of ['one', 'two', 'three']) await of(stage.inject)(text);
      await expect.poll(() => texts(watch)).toEqual(['one', 'two', 'three']);
      expect(watch.events[0]).toMatchObject({ kind: 'message', from: stage.home, media: [] });
      expect(watch.events[0]?.sender.id).toMatch(/./);
      expect(new Set(watch.events.map(({ externalId }) => externalId)).size).toBe(3);
      expect(most).toBe(1);
    });

    has('redelivery')('offers an event again, under the same id, until it was stored', async () => {
      const watch = start(stage.channel, async (_event, count) => {
        if (count === 1) throw new Error('the disk is full');
      });
      await of(stage.inject)('keep me');
      await of(stage.inject)('me too');
      await expect.poll(() => texts(watch)).toEqual(['keep me', 'keep me', 'me too']);
      expect(watch.events[0]?.externalId).toBe(watch.events[1]?.externalId);
      expect(watch.health.map(({ state }) => state)).toContain('retrying');
      await ready(watch);
    });

    has('redelivery')('leaves what was not stored to whoever opens next', async () => {
      const first = start(stage.channel, async () => {
        throw new Error('the disk is full');
      });
      await of(stage.inject)('do not lose me');
      await expect.poll(() => first.events.length).toBeGreaterThan(0);
      await stage.channel.close();
      const second = start(stage.another());
      await expect.poll(() => texts(second)).toEqual(['do not lose me']);
    });

    has('redelivery')('does not offer again what was stored before it closed', async () => {
      const first = start();
      await of(stage.inject)('old');
      await expect.poll(() => texts(first)).toEqual(['old']);
      await stage.channel.close();
      const second = start(stage.another());
      await of(stage.inject)('new');
      await expect.poll(() => texts(second)).toEqual(['new']);
      expect(texts(first)).toEqual(['old']);
    });

    test('closes and leaves its place to the next', async () => {
      const watch = start();
      await ready(watch);
      await stage.channel.close();
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

    test.runIf(lacks.edits)('says that what it sent cannot be changed', async () => {
      const { externalId } = await send({ text: 'before' });
      const failure = send({ id: 'm2', text: 'after', edits: externalId }).catch((e: unknown) => e);
      expect(await failure).toMatchObject({ name: 'SendError', failure: { kind: 'refused' } });
      expect(await stage.shown()).toEqual([{ text: 'before', buttons: [] }]);
    });

    has('edits')('replaces a message that it sent', async () => {
      const { externalId } = await send({ text: 'before' });
      const edited = await send({ id: 'm2', text: 'after', edits: externalId });
      expect(edited.externalId).toBe(externalId);
      await expect.poll(() => stage.shown()).toEqual([{ text: 'after', buttons: [] }]);
    });

    has('buttons')('shows buttons, takes them away, and tells of a press', async () => {
      const watch = start();
      await ready(watch);
      const buttons = [
        [{ label: 'Once', data: 'v1:y:k7p2' }],
        [{ label: 'Deny', data: 'v1:n:k7p2' }],
      ];
      const { externalId } = await send({ text: 'May I?', buttons });
      expect(await stage.shown()).toEqual([
        { text: 'May I?', buttons: ['v1:y:k7p2', 'v1:n:k7p2'] },
      ]);
      await of(stage.pressButton)('v1:y:k7p2');
      await expect.poll(() => watch.events.length).toBe(1);
      const [press] = watch.events;
      expect(press).toMatchObject({ kind: 'button', text: 'v1:y:k7p2', from: stage.home });
      if (press) await stage.channel.acknowledge?.(press, 'Approved');
      if (lacks.edits !== undefined) return;
      await send({ id: 'm2', text: 'Approved', edits: externalId });
      expect(await stage.shown()).toEqual([{ text: 'Approved', buttons: [] }]);
    });

    has('refusals')('says when a message will never be taken', async () => {
      const failure = send(of(stage.refused)).catch((error: unknown) => error);
      expect(await failure).toMatchObject({ name: 'SendError', failure: { kind: 'refused' } });
      expect(await stage.shown()).toEqual([]);
    });
  });
  channelRows(name, setup, lacks);
}
