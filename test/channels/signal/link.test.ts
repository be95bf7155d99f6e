import { expect, it, onTestFinished } from 'vitest';
import type { LinkStep } from '../../../src/domain/channel.ts';
import { until } from '../../flows/stage/until.ts';
import { OWN } from '../../peers/signal/frames.ts';
import { startSignalCli } from '../../peers/signal/signal-cli.ts';
import { watched } from '../telegram/stage.ts';
import { signalFor } from './stage.ts';

async function stage(accounts: string[] | undefined, settings = {}) {
  const peer = await startSignalCli(accounts ? { accounts } : {});
  onTestFinished(() => peer.close());
  const made = signalFor(peer.door, { settings });
  onTestFinished(() => made.channel.close());
  const steps: LinkStep[] = [];
  const begin = (wish = {}) =>
    made.channel.linking?.begin(wish, (step) => void steps.push(step)) ?? Promise.reject();
  return { ...made, peer, steps, begin };
}

it('links by a code that changes, and is ready as soon as it is linked', async () => {
  const accounts: string[] = [];
  const { peer, channel, steps, begin } = await stage(accounts);
  const seen = watched(channel);
  await until('words', async () => seen.state() === 'failed');
  await begin();
  expect(steps).toEqual([{ kind: 'qr', text: 'sgnl://linkdevice?uuid=1&pub_key=X' }]);
  peer.expire();
  await until('another code', async () => steps.length === 2);
  expect(steps[1]).toEqual({ kind: 'qr', text: 'sgnl://linkdevice?uuid=2&pub_key=X' });
  accounts.push(OWN);
  peer.scan();
  await until('a link', async () => steps.length === 3);
  expect(steps[2]).toEqual({ kind: 'linked', identity: OWN });
  await until('ready', async () => seen.state() === 'ready');
  await expect(begin()).rejects.toMatchObject({ code: 'usage' });
  const asked = peer.asked.find(({ method }) => method === 'finishLink');
  expect(asked?.params).toMatchObject({ deviceName: 'atom' });
});

it('gives up after some codes that nobody took', async () => {
  const { peer, steps, begin } = await stage([]);
  await begin();
  for (let codes = 1; codes <= 4; codes += 1) {
    await until('a code', async () => steps.length === codes);
    peer.expire();
  }
  await until('the end', async () => steps.at(-1)?.kind === 'failed');
  expect(steps.map(({ kind }) => kind)).toEqual(['qr', 'qr', 'qr', 'qr', 'failed']);
});

it('says where another account was linked than the settings name', async () => {
  const { peer, steps, begin } = await stage([], { account: '15554444444' });
  await begin();
  peer.scan();
  await until('the end', async () => steps.length === 2);
  expect(steps[1]).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('channels.signal.account'),
  });
});

it('says why there is no code', async () => {
  const single = await stage(undefined);
  await expect(single.begin()).rejects.toMatchObject({
    message: expect.stringContaining('for one account'),
    next: expect.arrayContaining(['Or by hand:   signal-cli link -n atom']),
  });
  const gone = await stage([]);
  await gone.peer.kill();
  await expect(gone.begin()).rejects.toMatchObject({
    next: [expect.stringContaining('signal-cli daemon --tcp=')],
  });
  await expect(gone.begin({ phone: '1' })).rejects.toMatchObject({ code: 'usage' });
  await expect(gone.channel.linking?.end()).rejects.toMatchObject({ code: 'usage' });
});

it('ends the try before when there is another', async () => {
  const { peer, steps, begin } = await stage([]);
  await begin();
  await begin();
  await until('its end', async () => steps.some(({ kind }) => kind === 'failed'));
  peer.scan();
  await until('a link', async () => steps.some(({ kind }) => kind === 'linked'));
});
