import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { LogLine } from '../../../src/base/log.ts';
import { whatsappCloudFacts } from '../../../src/channels/whatsapp-cloud/facts.ts';
import type { Channel, SendRequest } from '../../../src/domain/channel.ts';
import type { HookRequest } from '../../../src/domain/hook.ts';
import { createCallbacks } from '../../../src/governance/approvals/callback.ts';
import { buttonsFor } from '../../../src/outbox/card-buttons.ts';
import { queueText } from '../../../src/outbox/queue.ts';
import { startCloud, VERIFY } from '../../peers/whatsapp/cloud.ts';
import { freshStore } from '../../store/fresh.ts';
import { card as cardWith } from '../../ui/fake-gateway.ts';
import { watched } from '../telegram/stage.ts';
import { cloudFor, cloudHome } from './stage.ts';

let peer: Awaited<ReturnType<typeof startCloud>>;
let channel: Channel;
let lines: LogLine[];
beforeAll(async () => {
  peer = await startCloud();
});
afterAll(() => peer.close());
beforeEach(() => {
  lines = [];
  channel = cloudFor(peer, { lines });
  return () => channel.close();
});

const soon = () => AbortSignal.timeout(5000);
const send = (more: Partial<SendRequest>) =>
  channel.send({ id: 'm', to: cloudHome, text: 'hello', buttons: [], ...more }, soon());
const said = (more: object) =>
  peer.about({
    contacts: [{ wa_id: cloudHome.peer, profile: { name: 'Dana' } }],
    messages: [{ id: 'wamid.1', from: cloudHome.peer, timestamp: '1700000000', ...more }],
  });
const asked = (query: string): HookRequest => ({
  method: 'GET',
  headers: {},
  body: new Uint8Array(),
  url: `https://atom.example.com/hooks/whatsapp-cloud?${query}`,
});

it('answers the challenge of whoever knows the word, and nobody else’s', async () => {
  expect(channel.hook?.takesGet).toBe(true);
  const of = (token: string, challenge = '115826') =>
    channel.hook?.(
      asked(`hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=${challenge}`),
    );
  const word = encodeURIComponent(VERIFY);
  expect(await of(word)).toMatchObject({ status: 200, body: '115826' });
  expect(await of('guessed')).toMatchObject({ status: 403 });
  expect(await of('guessed')).not.toHaveProperty('body');
  expect(await of(word, '<script>')).toMatchObject({ status: 400 });
  expect(await channel.hook?.(asked(''))).toMatchObject({ status: 403 });
});

it('takes what is signed and about its own number, in order, and says so only once it is stored', async () => {
  let full = false;
  const { events } = watched(channel, async () => {
    if (full) throw new Error('the disk is full');
  });
  const text = (id: string, body: string) => ({ id, type: 'text', text: { body } });
  const from = { from: cloudHome.peer, timestamp: '1700000000' };
  const two = [
    { ...from, ...text('wamid.a', 'one') },
    { ...from, ...text('wamid.b', 'two') },
  ];
  expect(await peer.post(peer.about({ messages: two }))).toMatchObject({ status: 200 });
  expect(events.map(({ externalId, text: words }) => [externalId, words])).toEqual([
    ['wamid.a', 'one'],
    ['wamid.b', 'two'],
  ]);
  expect(await peer.post(said(text('wamid.x', 'forged')), 'guessed')).toMatchObject({
    status: 401,
  });
  const other = { metadata: { phone_number_id: '200' }, messages: two };
  expect(await peer.post(peer.about(other))).toMatchObject({ status: 200 });
  expect(await peer.post({ object: 'page', entry: [] })).toMatchObject({ status: 400 });
  for (const more of [{ type: 'reaction', reaction: { emoji: '👍' } }, { group_id: 'g' }])
    expect(await peer.post(said({ ...text('wamid.y', ''), ...more }))).toMatchObject({
      status: 200,
    });
  expect(events).toHaveLength(2);
  full = true;
  await expect(peer.post(said(text('wamid.z', 'keep me')))).rejects.toMatchObject({
    code: 'unavailable',
  });
});

it('says that it read a message, and that it types', async () => {
  watched(channel);
  const before = peer.heard.length;
  await peer.inject('hello');
  await expect.poll(() => peer.heard.length).toBeGreaterThan(before);
  await channel.typing?.(cloudHome);
  expect(peer.heard.slice(-2)).toMatchObject([
    { status: 'read', message_id: expect.stringMatching(/FAKE/) },
    { status: 'read', typing_indicator: { type: 'text' } },
  ]);
});

it('shows three buttons, or a list of more, and words to type where neither fits', async () => {
  const [callbacks, card] = [createCallbacks(Buffer.from('key')), cardWith()];
  const buttons = buttonsFor(callbacks, card, {
    approver: { ...cloudHome, id: cloudHome.peer },
    mayApprove: true,
    mayStand: true,
    forms: false,
  });
  const choices = Array.from({ length: 6 }, (_, at) => [
    { label: 'A label that is far too long for it', data: `v1:${at}` },
  ]);
  await send({ text: 'May I?', buttons });
  await send({ text: 'Which?', buttons: choices });
  await send({ text: 'x'.repeat(1025), buttons });
  const [few, many, long] = peer.sent.slice(-3);
  expect(few).toMatchObject({ interactive: { type: 'button', body: { text: 'May I?' } } });
  expect(JSON.stringify(many)).toContain('1 A label that is far t…');
  expect(many).toMatchObject({ interactive: { type: 'list' } });
  expect(JSON.stringify(long)).toContain(`Yes: reply ok ${card.code}`);
});

it('puts files up, with words below them, and fetches those that came', async () => {
  const { events } = watched(channel);
  const folder = mkdtempSync(join(tmpdir(), 'atom-cloud-'));
  const path = join(folder, 'notes.pdf');
  writeFileSync(path, 'the notes');
  const type = 'application/pdf';
  await send({
    text: 'read it',
    quotes: 'wamid.q',
    media: { kind: 'file', path, name: 'n.pdf', type },
  });
  await send({ text: '', media: { kind: 'audio', path, type: 'audio/ogg' } });
  rmSync(folder, { recursive: true });
  const [file, sound] = peer.sent.slice(-2);
  expect(file).toMatchObject({
    document: { filename: 'n.pdf', caption: 'read it' },
    context: { message_id: 'wamid.q' },
  });
  expect(sound).toMatchObject({ type: 'audio' });
  const { id } = (file as unknown as { readonly document: { readonly id: string } }).document;
  const image = { id, mime_type: 'image/jpeg', caption: 'look' };
  await peer.post(said({ type: 'image', image, context: { forwarded: true } }));
  const [event] = events;
  expect(event).toMatchObject({
    text: 'look',
    wordsOf: 'forwarded from somebody',
    sender: { name: 'Dana' },
    media: [{ kind: 'image', id, type: 'image/jpeg' }],
  });
  const [media] = event?.media ?? [];
  if (media === undefined) throw new Error('nothing came');
  const pieces: Uint8Array[] = [];
  for await (const piece of (await channel.download?.(media, soon())) ?? []) pieces.push(piece);
  expect(String(Buffer.concat(pieces))).toBe('the notes');
  for (const odd of ['../me', '1?x=y'])
    await expect(channel.download?.({ ...media, id: odd }, soon())).rejects.toThrow('no id');
});

it('says in words why Meta refuses, and what to do', async () => {
  const refusal = async (status: number, code: number) => {
    peer.refuse(status, { code, message: `(#${code}) No` });
    const thrown = await send({}).catch((error: unknown) => error);
    return (thrown as { readonly failure: unknown }).failure;
  };
  expect(await refusal(400, 131_047)).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('24 hours'),
  });
  expect(await refusal(400, 131_056)).toMatchObject({ kind: 'later', retryMs: 6000 });
  expect(await refusal(429, 130_429)).toMatchObject({ kind: 'later', retryMs: 1000 });
  expect(await refusal(500, 131_000)).toMatchObject({ kind: 'unknown' });
  expect(await refusal(400, 100)).toMatchObject({ kind: 'refused' });
});

it('logs what Meta later says did not arrive', async () => {
  watched(channel);
  const errors = [{ code: 131_047, title: 'Re-engagement message' }];
  const statuses = [
    { id: 'wamid.s', status: 'delivered', recipient_id: '1' },
    { id: 'wamid.s', status: 'failed', errors },
  ];
  await peer.post(peer.about({ statuses }));
  const warned = lines.filter(({ level }) => level === 'warn');
  expect(warned.map(({ text, fields }) => [text, fields])).toEqual([
    [expect.stringMatching(/did not arrive: .*24 hours/), { message: 'wamid.s' }],
  ]);
});

it('sends what does not fit below a file after it', async () => {
  const { store } = await freshStore();
  const media = { kind: 'image', path: '/x' } as const;
  const queue = (id: string, text: string) =>
    store.tx((sql) =>
      queueText(sql, whatsappCloudFacts, { id, to: cloudHome, text, media, at: 1 }),
    );
  await queue('short', 'a few words');
  await queue('long', 'x'.repeat(1100));
  const rows = await store.all('SELECT id, body FROM outbox ORDER BY seq');
  const told = rows.map(({ id, body }) => {
    const { text, media: file } = JSON.parse(String(body));
    return [id, text.length, file !== undefined];
  });
  expect(told).toEqual([
    ['short', 11, true],
    ['long', 0, true],
    ['long.1', 1100, false],
  ]);
});
