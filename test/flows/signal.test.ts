import { expect, it, onTestFinished } from 'vitest';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import { greeting, openKernel } from '../gateway/memory-stage.ts';
import { DANA, OWN } from '../peers/signal/frames.ts';
import { startSignalCli } from '../peers/signal/signal-cli.ts';
import { until } from './stage/until.ts';

it('answers on Signal, and leaves the rest alone while signal-cli is away', async () => {
  const peer = await startSignalCli({ accounts: [OWN] });
  onTestFinished(() => peer.close());
  const tcp = peer.door.kind === 'tcp' ? `127.0.0.1:${peer.door.port}` : '';
  const { atom, connect, profile } = await openKernel({
    channels: { signal: { account: OWN, tcp, allow: [String(DANA.number)] } },
  });
  const seat = connect(LOCAL_OWNER);
  await seat.request('connect', greeting);
  const answered = () => peer.asked.filter(({ method }) => method === 'send').length;
  const state = () =>
    atom.channels.list().find(({ facts }) => facts.name === 'signal')?.health.state;
  await peer.inject('hello');
  await until('an answer', () => answered() === 1);
  const quotes = peer.asked.find(({ method }) => method === 'send')?.params;
  expect(quotes).toMatchObject({ account: OWN, quoteMessage: 'hello' });

  await peer.kill();
  await until('it is noticed', () => state() === 'retrying');
  await peer.inject('while you were away');
  await peer.inject('who are you?', { number: '+15559999999' });
  await seat.request('chat.send', { text: 'hello', key: 'k1' });
  await until('an answer in the terminal', () =>
    seat.frames.some(({ event }) => event?.kind === 'message'),
  );
  expect(answered()).toBe(1);

  await peer.start();
  await until('the answer', () => answered() === 2);
  expect(state()).toBe('ready');
  const spooled = profile.rows<{ channel: string }>('SELECT channel FROM spool');
  expect(spooled.filter(({ channel }) => channel === 'signal')).toHaveLength(2);
});
