import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { SendRequest } from '../../../src/domain/channel.ts';
import type { MediaRef } from '../../../src/domain/event.ts';
import { until } from '../../flows/stage/until.ts';
import { DANA, OWN } from '../../peers/signal/frames.ts';
import { startSignalCli } from '../../peers/signal/signal-cli.ts';
import { watched } from '../telegram/stage.ts';
import { ACCOUNT, DANA_ID, home, signalFor } from './stage.ts';

const GROUP = 'Pmpi+EfPWmsxiomLe9Nx2XF9HOE483p6iKiFj65iMwI=';

async function stage(options: Parameters<typeof startSignalCli>[0] = {}) {
  const peer = await startSignalCli(options);
  onTestFinished(() => peer.close());
  const made = signalFor(peer.door);
  onTestFinished(() => made.channel.close());
  const send = (more: Partial<SendRequest> = {}) =>
    made.channel.send(
      { id: 'm1', to: home, text: 'hello', buttons: [], ...more },
      AbortSignal.timeout(5000),
    );
  const failure = async (more?: Partial<SendRequest>): Promise<unknown> =>
    send(more).then(
      () => undefined,
      (thrown: { failure: unknown }) => thrown.failure,
    );
  const asked = (method: string) =>
    peer.asked.filter((one) => one.method === method).map(({ params }) => params);
  const sent = () => asked('send').at(-1);
  return { ...made, peer, send, failure, asked, sent };
}

it('writes to people, groups and itself', async () => {
  const { send, sent } = await stage();
  await send();
  expect(sent()).toEqual({ recipient: [DANA_ID], message: 'hello' });
  await send({ to: { ...home, peer: '15550001111' } });
  expect(sent()).toMatchObject({ recipient: ['+15550001111'] });
  await send({ to: { ...home, peer: GROUP } });
  expect(sent()).toEqual({ groupId: GROUP, message: 'hello' });
  await send({ to: { ...home, peer: ACCOUNT } });
  expect(sent()).toEqual({ noteToSelf: true, message: 'hello' });
});

it('quotes what it answers, with its author', async () => {
  const { channel, peer, send, sent } = await stage();
  const seen = watched(channel);
  await peer.inject('how are you?');
  await until('a message', async () => seen.events.length === 1);
  const [event] = seen.events;
  const { externalId } = await send({ text: 'well', quotes: event?.message ?? '' });
  expect(sent()).toMatchObject({
    quoteTimestamp: event?.at,
    quoteAuthor: DANA_ID,
    quoteMessage: 'how are you?',
  });
  await send({ text: 'and here', quotes: externalId });
  expect(sent()).toMatchObject({
    quoteTimestamp: Number(externalId),
    quoteAuthor: OWN,
    quoteMessage: 'well',
  });
});

it('shows buttons as numbers, and takes them away with an edit', async () => {
  const { send, sent } = await stage();
  const buttons = [[{ label: 'Once', data: 'v1:yes:k7p2:abcdefgh' }]];
  const { externalId } = await send({ text: 'May I?', buttons });
  expect(sent()?.message).toBe('May I?\n\n1  Once\nReply with a number and k7p2, such as: 1 k7p2');
  await send({ id: 'm2', text: 'Approved', edits: externalId });
  expect(sent()).toMatchObject({ editTimestamp: Number(externalId), message: 'Approved' });
});

it('shows what models write as its Markdown means it, and nothing else', async () => {
  const { send, sent } = await stage();
  await send({ text: '**Done**: `ls`', format: 'markdown' });
  expect(sent()).toMatchObject({
    message: 'Done: ls',
    textStyle: ['0:4:BOLD', '6:2:MONOSPACE'],
  });
  await send({ text: '**Done**: `ls`' });
  expect(sent()).toEqual({ recipient: [DANA_ID], message: '**Done**: `ls`' });
});

it('sends a file with its name and type, and a large one by its path', async () => {
  const { send, sent, failure } = await stage();
  const folder = mkdtempSync(join(tmpdir(), 'atom-signal-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'x1');
  writeFileSync(path, 'bytes');
  const media = { kind: 'image', path, name: '../my cat;.png', type: 'image/png' } as const;
  await send({ text: '', media });
  expect(sent()).toMatchObject({
    attachments: ['data:image/png;filename=my%20cat%3B.png;base64,Ynl0ZXM='],
  });
  writeFileSync(path, Buffer.alloc(9 * 1024 * 1024));
  await send({ text: '', media });
  expect(sent()).toMatchObject({ attachments: [path] });
  rmSync(path);
  expect(await failure({ media })).toMatchObject({ kind: 'refused', reason: 'the file is gone' });
});

it.each([
  [-1, 'Unregistered user', 'refused', 'Unregistered user'],
  [-1, 'Invalid group id', 'refused', 'Invalid group id'],
  [-3, 'Failed to send message', 'unknown', 'Failed to send'],
  [-3, 'Failed: java.net.UnknownHostException: chat.signal.org', 'later', 'no network'],
  [-4, 'Untrusted identity', 'refused', 'signal-cli trust'],
  [-5, 'Rate limit', 'later', 'no more messages for now'],
  [-1, 'StatusCode: 413', 'later', 'no more messages for now'],
  [-1, '[429] Rate Limited', 'later', 'no more messages for now'],
  [-32602, 'Specified account does not exist', 'refused', 'atom channels login signal'],
  [-32603, 'Internal', 'unknown', 'Internal'],
] as const)('takes error %d (%s) for %s', async (code, message, kind, words) => {
  const { failure, peer } = await stage();
  peer.onSend({ code, message });
  expect(await failure()).toMatchObject({ kind, reason: expect.stringContaining(words) });
});

it.each([
  [{ type: 'UNREGISTERED_FAILURE' }, 'refused', 'not (or no longer) registered'],
  [{ type: 'IDENTITY_FAILURE' }, 'refused', 'safety number'],
  [{ type: 'NETWORK_FAILURE' }, 'unknown', 'lost the network'],
  [{ type: 'RATE_LIMIT_FAILURE', retryAfterSeconds: 90 }, 'later', 'too many'],
  [{ type: 'RATE_LIMIT_FAILURE', token: 'tok-1' }, 'later', '--challenge tok-1'],
  [{ type: 'SOMETHING_NEW' }, 'unknown', 'signal-cli'],
] as const)(
  'takes %j for what it is, in an answer and in an error',
  async (result, kind, words) => {
    const { failure, peer } = await stage();
    const response = { timestamp: 5, results: [result] };
    const wanted = { kind, reason: expect.stringContaining(words) };
    peer.onSend({ result: response });
    expect(await failure()).toMatchObject(wanted);
    peer.onSend({ code: -1, message: 'Failed to send message', data: { response } });
    const told = await failure();
    expect(told).toMatchObject(wanted);
    if ('retryAfterSeconds' in result) expect(told).toMatchObject({ retryMs: 90_000 });
  },
);

it('counts a group that some did not get as sent', async () => {
  const { send, peer } = await stage();
  const results = [{ type: 'IDENTITY_FAILURE' }, { type: 'SUCCESS' }];
  peer.onSend({ result: { timestamp: 77, results } });
  expect(await send({ to: { ...home, peer: GROUP } })).toEqual({ externalId: '77' });
});

it('does not know what became of a message whose answer was lost', async () => {
  const { channel, failure, peer } = await stage();
  const seen = watched(channel);
  await until('ready', async () => seen.state() === 'ready');
  peer.onSend('lose');
  expect(await failure()).toMatchObject({ kind: 'unknown' });
  await until('ready again', async () => seen.state() === 'ready');
  await peer.kill();
  await until('it is noticed', async () => seen.state() === 'retrying');
  const { channel: alone } = signalFor(peer.door);
  const lost = await alone
    .send({ id: 'm2', to: home, text: 'x', buttons: [] }, AbortSignal.timeout(5000))
    .catch((thrown: { failure: unknown }) => thrown.failure);
  expect(lost).toMatchObject({ kind: 'later' });
});

it('never puts what signal-cli says of others on the screen as it is', async () => {
  const { failure, peer } = await stage();
  peer.onSend({ code: -1, message: `\u001b[2J“APPROVED”\u202e${'x'.repeat(5000)}` });
  const told = (await failure()) as { reason: string };
  expect(told.reason).not.toMatch(/[\u001b\u202e“]/);
  expect(told.reason.length).toBeLessThan(500);
});

it('shows that it writes, has read, and took an answer', async () => {
  const { channel, peer, asked } = await stage();
  const seen = watched(channel);
  await peer.inject('hello');
  await until('a message', async () => seen.events.length === 1);
  const [event] = seen.events;
  await until('a receipt', async () => asked('sendReceipt').length === 1);
  expect(asked('sendReceipt')).toEqual([
    { recipient: DANA_ID, targetTimestamp: [event?.at], type: 'read' },
  ]);
  await channel.typing?.(home);
  expect(asked('sendTyping')).toEqual([{ recipient: [DANA_ID] }]);
  await channel.typing?.({ ...home, peer: ACCOUNT });
  expect(asked('sendTyping')).toHaveLength(1);
  if (event) await channel.acknowledge?.(event, 'Approved');
  expect(asked('sendReaction')).toEqual([
    { recipient: [DANA_ID], targetAuthor: DANA_ID, targetTimestamp: event?.at, emoji: '👀' },
  ]);
});

it('sends no receipt for what it did not take in', async () => {
  const { channel, peer, asked } = await stage();
  const seen = watched(channel);
  await peer.inject('who are you?', { number: '+15559999999', name: 'Mallory' });
  await peer.inject('hello');
  await until('a receipt', async () => asked('sendReceipt').length === 1);
  expect(seen.events).toHaveLength(1);
  expect(asked('sendReceipt')[0]?.recipient).toBe(DANA.uuid);
});

it('fetches files of a chat, and none that are too large', async () => {
  const { channel, asked } = await stage({ files: { 'a.jpg': Buffer.from('picture') } });
  const fetchAll = async (media: MediaRef): Promise<unknown> => {
    const pieces: Uint8Array[] = [];
    try {
      const bytes = await channel.download?.(media, AbortSignal.timeout(5000));
      for await (const piece of bytes ?? []) pieces.push(piece);
      return Buffer.concat(pieces).toString();
    } catch (thrown) {
      return (thrown as { failure: unknown }).failure;
    }
  };
  const media = { kind: 'image', id: `a.jpg ${DANA_ID}` } as const;
  expect(await fetchAll(media)).toBe('picture');
  expect(asked('getAttachment')).toEqual([{ id: 'a.jpg', recipient: DANA_ID }]);
  expect(await fetchAll({ ...media, id: `a.jpg ${GROUP}` })).toBe('picture');
  expect(asked('getAttachment').at(-1)).toEqual({ id: 'a.jpg', groupId: GROUP });
  expect(await fetchAll({ ...media, id: `b.jpg ${DANA_ID}` })).toMatchObject({ kind: 'refused' });
  expect(await fetchAll({ ...media, bytes: 26 * 1024 * 1024 })).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('25 MB'),
  });
  expect(asked('getAttachment')).toHaveLength(3);
});
