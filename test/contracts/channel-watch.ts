import { expect } from 'vitest';
import type { Channel, ChannelHealth, SendRequest } from '../../src/domain/channel.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import type { ChannelStage } from './channel-stage.ts';

/** What a channel has said since it was opened. */
export interface Watch {
  readonly events: InboundEvent[];
  readonly health: ChannelHealth[];
}

/** Stands in for the spool; told how many events came so far. */
export type Accept = (event: InboundEvent, count: number) => Promise<void>;

/** Opens channels of a stage, and closes them all in the end. */
export interface Watching {
  readonly stage: ChannelStage;
  start(channel?: Channel, accept?: Accept): Watch;
  send(message: Partial<SendRequest>): Promise<{ readonly externalId: string }>;
  end(): Promise<void>;
}

export function watching(stage: ChannelStage): Watching {
  const opened: Channel[] = [];
  return {
    stage,
    start(channel = stage.channel, accept = async () => undefined) {
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
    },
    send: (message) =>
      stage.channel.send(
        { id: 'm1', to: stage.home, text: 'hello', buttons: [], ...message },
        AbortSignal.timeout(28_000),
      ),
    async end() {
      for (const channel of opened) await channel.close();
      await stage.close();
    },
  };
}

/** What comes from a process that is started only now, on a busy machine. */
export const SOON = { timeout: 15_000 };

export const ready = (watch: Watch) =>
  expect.poll(() => watch.health.at(-1)?.state, SOON).toBe('ready');

export const texts = ({ events }: Watch): readonly string[] => events.map(({ text }) => text);

/** What a row needs of its stage, where nothing says why it is not there. */
export function of<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the stage has no way to do it, and no reason why not');
  return part;
}
