import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChannelStage, Lacks, Row } from './channel-stage.ts';
import { WRONG } from './channel-stage.ts';
import { of, ready, SOON, texts, type Watching, watching } from './channel-watch.ts';

/** A test of a row; where that lacks, what is skipped says why. */
export const testOf = (lacks: Lacks) => (row: Row) => {
  const why = lacks[row];
  return (title: string, run: () => Promise<void>): void =>
    why === undefined ? test(title, run) : test.skip(`${title}: ${why}`, run);
};

const NOTES = Buffer.from('%PDF-1.4 the notes of a day, and nothing else');

/** What platforms have beside words; a peer that shows only this may come beside one that shows the rest. */
export function channelRows(name: string, setup: () => Promise<ChannelStage>, lacks: Lacks): void {
  describe(`${name} beyond words`, () => {
    let { stage, start, send, end }: Watching = {} as Watching;
    beforeEach(async () => {
      ({ stage, start, send, end } = watching(await setup()));
    });
    afterEach(() => end());
    const has = testOf(lacks);

    has('threads')('keeps a thread by itself, both ways', async () => {
      const watch = start();
      await ready(watch);
      const thread = of(stage.thread);
      await thread.inject('said in a thread');
      await expect.poll(() => texts(watch)).toEqual(['said in a thread']);
      expect(watch.events[0]?.from).toEqual(thread.at);
      await send({ to: thread.at, text: 'answered there' });
      expect(await thread.shown()).toEqual(['answered there']);
    });

    has('files in')('hands out the bytes of a file that came', async () => {
      const watch = start();
      await ready(watch);
      await of(stage.bring)(NOTES);
      await expect.poll(() => watch.events[0]?.media.length, SOON).toBe(1);
      const [media] = watch.events[0]?.media ?? [];
      const pieces: Uint8Array[] = [];
      const bytes = await stage.channel.download?.(of(media), AbortSignal.timeout(10_000));
      for await (const piece of bytes ?? []) pieces.push(piece);
      expect(Buffer.concat(pieces)).toEqual(NOTES);
    });

    has('files out')('sends a file with its words, and none that is gone', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'atom-file-'));
      const path = join(folder, 'notes.pdf');
      writeFileSync(path, NOTES);
      const media = { kind: 'file', path, name: 'notes.pdf', type: 'application/pdf' } as const;
      await send({ text: 'read it', media });
      expect(await of(stage.taken)()).toEqual([NOTES]);
      rmSync(folder, { recursive: true });
      const failure = send({ id: 'm2', media }).catch((error: unknown) => error);
      expect(await failure).toMatchObject({ failure: { kind: 'refused' } });
    });

    has('typing')('shows that it is writing', async () => {
      const watch = start();
      await ready(watch);
      await of(stage.inject)('hello');
      await expect.poll(() => watch.events.length, SOON).toBe(1);
      await stage.channel.typing?.(stage.home);
      await expect.poll(of(stage.typings), SOON).toBe(1);
    });

    has('reconnect')('goes on where its line broke, and loses nothing', async () => {
      const watch = start();
      await ready(watch);
      await of(stage.inject)('before');
      await expect.poll(() => texts(watch), SOON).toEqual(['before']);
      await of(stage.cut)();
      await of(stage.inject)('after');
      // What was not confirmed on one line may come again on the next: the spool knows it by its id.
      const known = () => new Map(watch.events.map(({ externalId, text }) => [externalId, text]));
      await expect.poll(() => [...known().values()], SOON).toEqual(['before', 'after']);
      await ready(watch);
    });

    has('credentials')(
      'says in words that it is not let in, what to do, and no secret',
      async () => {
        const { health } = start(of(stage.unwelcome)());
        await expect.poll(() => health.at(-1)?.state, SOON).toBe('failed');
        expect(health.at(-1)).toMatchObject({ reason: expect.stringMatching(/\batom [a-z]+ /) });
        expect(JSON.stringify(health)).not.toContain(WRONG);
      },
    );
  });
}
