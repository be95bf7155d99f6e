import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Channel } from '../../../src/domain/channel.ts';
import type { InboundEvent } from '../../../src/domain/event.ts';
import { channelContract } from '../../contracts/channel-contract.ts';
import { WRONG } from '../../contracts/channel-stage.ts';
import { hostile } from './hostile.ts';
import { type Hub, startHub, TOKEN } from './hub.ts';
import { exampleFor, type OwnStage, openOwnStage } from './stage.ts';

type Make = Awaited<ReturnType<OwnStage['module']>>;

let stage: OwnStage;
let hub: Hub;
let example: Make;
let harmful: Make;
beforeAll(async () => {
  [stage, hub] = [await openOwnStage(), await startHub()];
  example = await stage.module(exampleFor(hub.port));
  harmful = await stage.module(hostile({ port: hub.port, pid: process.pid }));
});
afterAll(async () => {
  await hub.close();
  stage.remove();
});

const home = { channel: 'own-hub', account: 'main', peer: 'dana' };

channelContract(
  'A channel of one’s own, as the documentation shows it,',
  async () => {
    hub.empty();
    const another = () => example({ secrets: { token: TOKEN } });
    return {
      channel: another(),
      another,
      home,
      unwelcome: () => example({ secrets: { token: `${WRONG}-of-the-hub` } }),
      inject: async (text) => hub.say(text),
      shown: async () => hub.sent.map(({ text }) => ({ text, buttons: [] })),
      refused: { id: 'm9', to: { ...home, peer: 'nowhere' }, text: 'x', buttons: [] },
      cut: async () => hub.cut(),
      close: async () => hub.cut(),
    };
  },
  {
    edits: 'what it sent stays as it is',
    buttons: 'numbers to reply with stand for them',
    threads: 'the hub has people and nothing else',
    'files in': 'a module brings words only',
    'files out': 'a module takes words only',
    typing: 'there is none',
  },
);

describe('A channel of one’s own that means harm', () => {
  let opened: Channel | undefined;
  afterEach(() => opened?.close());

  function open(does: string, make = harmful, accept = async () => undefined as unknown) {
    const settings = { does };
    const channel = make({ secrets: { token: TOKEN }, settings, patienceMs: 1500 });
    const events: InboundEvent[] = [];
    const health: string[] = [];
    opened = channel;
    channel.open({
      accept: async (event) => {
        events.push(event);
        await accept();
      },
      health: (told) => health.push(JSON.stringify(told)),
    });
    return { channel, events, words: () => health.join('\n') };
  }
  const send = (channel: Channel, data: readonly string[] = []) =>
    channel.send(
      {
        id: 'm1',
        to: home,
        text: 'May I?',
        buttons: data.map((one) => [{ label: 'Yes', data: one }]),
      },
      AbortSignal.timeout(10_000),
    );

  test.each([
    ['claims another channel', 'makes no sense'],
    ['claims to be the owner', 'makes no sense'],
    ['forges an answer', 'was not asked'],
    ['writes what is no message', 'makes no sense'],
    ['writes without an end', 'makes no sense'],
    ['floods', 'brought more'],
    ['says again and again how it does', 'too often'],
    ['never ends', 'did not'],
    ['exits', 'exit code 3'],
    ['throws its secret', 'no [secret]'],
  ])('is ended where it %s, and nothing else is', async (does, words) => {
    const { events, words: told } = open(does, harmful, () => new Promise(() => undefined));
    await expect.poll(told).toContain(words);
    expect(told()).not.toContain(TOKEN);
    for (const { from, via, kind } of events)
      expect([from.channel, via, kind]).toEqual(['own-hub', undefined, 'message']);
  });

  test('is not heard any more once it is ended, not even what it said in the same breath', async () => {
    const { events, words } = open('speaks on after its end');
    await expect.poll(words).toContain('was not asked');
    expect(events).toEqual([]);
  });

  test('is ended where it never reads, before what it was told fills the memory', async () => {
    const { channel, words } = open('never reads');
    const text = 'x'.repeat(65_536);
    const signal = AbortSignal.timeout(10_000);
    const sends = Promise.allSettled(
      Array.from({ length: 150 }, (_, at) =>
        channel.send({ id: `m${at}`, to: home, text, buttons: [] }, signal),
      ),
    );
    await expect.poll(words).toContain('does not read');
    expect((await sends).every(({ status }) => status === 'rejected')).toBe(true);
  });

  test('cannot show its secret as the name of a sender', async () => {
    const { events } = open('is called like its secret');
    await expect.poll(() => events.length).toBe(1);
    expect(events[0]?.sender.name).toBe('I am [secret]');
  });

  test('is not run where it says something else than was approved', async () => {
    const odd = await stage.module(hostile({ more: 'maxLength: 1000 + (Date.now() % 5000),' }));
    await expect.poll(open('exits', odd).words).toContain('something else of itself');
  });

  test('loses what it was sending when it dies, says so, and comes back', async () => {
    const { channel, words } = open('dies while it sends');
    const failure = await send(channel).catch((error: unknown) => error);
    expect(failure).toMatchObject({ failure: { kind: 'unknown' } });
    await expect.poll(() => words().split('"ready"').length).toBe(3);
  });

  test('sees no file, ends nothing, and reaches nobody but whom it named', async () => {
    const { words } = open('looks around');
    await expect.poll(words).toContain('found its code.');
  });

  test('cannot press a button, but by what its sender replies', async () => {
    const { channel, events } = open('sees a card');
    await send(channel, ['v1:yes:k7p2:12345678']);
    await expect.poll(() => events.length).toBe(1);
    const [press] = events;
    expect(press).toMatchObject({ kind: 'button', text: 'v1:yes:k7p2:12345678', claimed: true });
    expect(press?.sender.name).toContain('Reply with a number and k7p2');
    expect(press?.sender.name).not.toContain('v1:');
  });
});
