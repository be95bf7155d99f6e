import { SocketModeClient } from '@slack/socket-mode';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { LogLine } from '../../../src/base/log.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import { freePort } from '../../peers/free-port.ts';
import { startSlack } from '../../peers/slack.ts';
import { watched } from '../telegram/stage.ts';
import { slackFor, slackHome } from './stage.ts';

let peer: Awaited<ReturnType<typeof startSlack>>;
beforeAll(async () => {
  peer = await startSlack();
});
afterAll(() => peer.close());

const GENERAL = 'C000000001';
const soon = () => AbortSignal.timeout(5000);

async function opened(given: Parameters<typeof slackFor>[1] = {}) {
  const lines: LogLine[] = [];
  const channel: Channel = slackFor(peer, { lines, ...given });
  onTestFinished(() => channel.close());
  const seen = watched(channel);
  await expect.poll(seen.state).toBe('ready');
  return { channel, lines, ...seen };
}

it('is understood by the program that Slack itself publishes', async () => {
  const client = new SocketModeClient({
    appToken: peer.appToken,
    clientOptions: { slackApiUrl: `${peer.apiRoot}/` },
  });
  const texts: string[] = [];
  client.on('message', async ({ event, ack }) => {
    texts.push(event.text);
    await ack();
  });
  await client.start();
  await peer.say('from the peer');
  expect(texts).toEqual(['from the peer']);
  await client.disconnect();
});

it('goes on where Slack asks for a new connection, and where one breaks', async () => {
  const { events, state } = await opened();
  await peer.say('one');
  peer.end('asks');
  await peer.say('two');
  peer.end('breaks');
  await peer.say('three');
  await expect.poll(state).toBe('ready');
  // What was not acknowledged on one connection may come again on the next: the spool knows it.
  const texts = new Map(events.map(({ externalId, text }) => [externalId, text]));
  expect([...texts.values()]).toEqual(['one', 'two', 'three']);
});

it('says that Socket Mode is turned off, and does not connect again and again', async () => {
  peer.turnOff(true);
  onTestFinished(() => peer.turnOff(false));
  const channel = slackFor(peer);
  onTestFinished(() => channel.close());
  const { reasons, state } = watched(channel);
  await expect.poll(reasons).toContainEqual(expect.stringMatching(/Socket Mode is turned off/));
  const before = peer.connections();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(peer.connections() - before).toBeLessThanOrEqual(1);
  peer.turnOff(false);
  await expect.poll(state).toBe('ready');
});

it('hears in channels what mentions it and what stands in its own threads, once, and nothing else', async () => {
  const ours = '1700000000.000001';
  const { events } = await opened({ isOurs: async ({ thread }) => thread === ours });
  const general = { channel: GENERAL, channel_type: 'channel' };
  await peer.say('to nobody', general);
  const mention = { ...general, ts: '1700000001.000002' };
  await peer.say(`<@${peer.bot}> hello &amp; &lt;b&gt; <https://a.example|here>`, {
    ...mention,
    type: 'app_mention',
  });
  await peer.say(`<@${peer.bot}> hello`, mention);
  await peer.say('go on', { ...general, thread_ts: ours });
  await peer.say('elsewhere', { ...general, thread_ts: '1700000000.000009' });
  await peer.say('a bot', { bot_id: 'B1' });
  await peer.say('joined', { subtype: 'channel_join' });
  expect(
    events.map(({ text, from, externalId, isGroup }) => [
      text,
      from.peer,
      from.thread,
      externalId,
      isGroup,
    ]),
  ).toEqual([
    ['hello & <b> here (https://a.example)', GENERAL, mention.ts, `${GENERAL}/${mention.ts}`, true],
    // The spool knows it by its id: it came before.
    ['hello', GENERAL, mention.ts, `${GENERAL}/${mention.ts}`, true],
    ['go on', GENERAL, ours, expect.any(String), true],
  ]);
});

it('takes what follows its slash command, with a slash where that is a command', async () => {
  const { events } = await opened();
  for (const text of ['stop', 'link BCDF-GHJK', 'stop the server', 'hello'])
    await peer.command(text);
  await peer.command('status', GENERAL);
  expect(events.map(({ text, isGroup }) => [text, isGroup])).toEqual([
    ['/stop', false],
    ['/link BCDF-GHJK', false],
    ['stop the server', false],
    ['hello', false],
    ['/status', true],
  ]);
});

it('opens a form for what has to be typed, and takes what was typed there', async () => {
  const { channel, events } = await opened();
  const buttons = [[{ label: 'Approve…', data: 'form:totp:k7p2' }]];
  await channel.send({ id: 'm1', to: slackHome(peer), text: 'May I?', buttons }, soon());
  await peer.press('form:totp:k7p2');
  expect(events).toEqual([]);
  const { view } = peer.opened.at(-1) as { view: { private_metadata: string; blocks: unknown[] } };
  expect(view.blocks).toHaveLength(2);
  const typed = (code: string, proof: string) => ({
    id: 'V1',
    hash: `${code}${proof}`,
    private_metadata: view.private_metadata,
    state: { values: { code: { typed: { value: code } }, proof: { typed: { value: proof } } } },
  });
  expect(await peer.submit(typed('zzzz', '123456'))).toMatchObject({ response_action: 'errors' });
  expect(await peer.submit(typed('k7p2', 'stop it'))).toMatchObject({ response_action: 'errors' });
  expect(await peer.submit(typed('K7P2', '123456'))).toBeUndefined();
  expect(events.map(({ text, from }) => [text, from])).toEqual([
    ['ok k7p2 123456', slackHome(peer)],
  ]);
});

it('shows Markdown as what it means, and nothing in it as a mention', async () => {
  const { channel } = await opened();
  const text = '**bold** <!channel> `x`\n\n```\ncode <@U1>\n```\n\n[here](https://a.example)';
  await channel.send(
    { id: 'm2', to: slackHome(peer), text, format: 'markdown', buttons: [] },
    soon(),
  );
  const message = (await peer.messages()).at(-1);
  expect(message?.text).toContain('&lt;!channel&gt;');
  const pieces = message?.blocks?.[0]?.elements.flatMap(({ elements = [] }) => elements);
  expect(pieces).toMatchObject([
    { type: 'text', text: 'bold', style: { bold: true } },
    { type: 'text', text: ' <!channel> ' },
    { type: 'text', text: 'x', style: { code: true } },
    {},
    { type: 'text', text: 'code <@U1>' },
    {},
    { type: 'link', text: 'here', url: 'https://a.example/' },
  ]);
});

it('tells apart what it may try again', async () => {
  const { channel } = await opened();
  const failure = (to: string) =>
    channel
      .send({ id: 'm5', to: { ...slackHome(peer), peer: to }, text: 'x', buttons: [] }, soon())
      .catch((error: unknown) => error);
  expect(await failure('C999999999')).toMatchObject({ failure: { kind: 'refused' } });
  const unreachable = slackFor(peer, { apiRoot: `http://127.0.0.1:${await freePort()}/api` });
  await expect(
    unreachable.send({ id: 'm6', to: slackHome(peer), text: 'x', buttons: [] }, soon()),
  ).rejects.toMatchObject({ failure: { kind: 'later' } });
});

describe('a file', () => {
  const text = `# Title\n\n${'a *word* & <more>\n'.repeat(600)}`;
  const send = (channel: Channel, to = slackHome(peer)) =>
    channel.send({ id: 'm7', to, text, format: 'markdown', buttons: [] }, soon());

  it('holds a text that is too long for a message, beside its beginning', async () => {
    const { channel } = await opened();
    await expect(send(channel)).resolves.toMatchObject({ externalId: /^file\/F/ });
    const message = (await peer.messages()).at(-1);
    expect(message?.text).toMatch(
      /^# Title\n\na \*word\* &amp; &lt;more&gt;[\s\S]* …\n\nThe whole is in answer\.md\.$/,
    );
    expect(message?.files).toMatchObject([{ name: 'answer.md' }]);
    expect(Object.fromEntries(peer.uploads.at(-1) ?? [])).toEqual({
      filename: 'answer.md',
      snippet_type: 'markdown',
      length: String(Buffer.byteLength(text)),
    });
  });

  it.each([
    ['files.getUploadURLExternal', { ok: false, error: 'ratelimited' }, 'later'],
    [
      'files.getUploadURLExternal',
      { ok: true, upload_url: 'http://127.0.0.1:1/x', file_id: 'F1' },
      'refused',
    ],
    ['files.completeUploadExternal', { ok: false, error: 'not_in_channel' }, 'refused'],
    ['files.completeUploadExternal', { ok: false, error: 'internal_error' }, 'unknown'],
  ] as const)('that fails at %s with %j counts as %s', async (method, answer, kind) => {
    const { channel } = await opened();
    const before = (await peer.messages()).length;
    peer.next(method, answer);
    await expect(send(channel)).rejects.toMatchObject({ failure: { kind } });
    expect(await peer.messages()).toHaveLength(before);
  });

  it('that is gone is never sent, and nothing is shown in its place', async () => {
    const { channel } = await opened();
    const media = { kind: 'file', path: '/nowhere/at/all.txt' } as const;
    const sending = channel.send(
      { id: 'm8', to: slackHome(peer), text: 'x', buttons: [], media },
      soon(),
    );
    await expect(sending).rejects.toMatchObject({
      failure: { kind: 'refused', reason: 'the file is gone' },
    });
  });
});
