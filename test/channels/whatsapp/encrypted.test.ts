import { expect, it } from 'vitest';
import { offerFor } from '../../../src/assembly/pairing-links.ts';
import { spoolEvent } from '../../../src/store/tables/spool.ts';
import { DANA, OWN } from '../../peers/whatsapp/peer.ts';
import { createWriter } from '../../peers/whatsapp/writer.ts';
import { watched } from '../telegram/stage.ts';
import { seedLink } from './kept.ts';
import { home, whatsappStage } from './stage.ts';

const SOON = { timeout: 20_000 };
const soon = () => AbortSignal.timeout(20_000);
const GROUP = '120363000000000001@g.us';

it('reads what is encrypted, asks again for what it cannot read, and tells the sender only then', async () => {
  const { peer, make, store, secrets } = await whatsappStage();
  await seedLink({ store, secrets });
  const settings = {
    name: 'atom',
    dailyCap: 9,
    allow: [DANA, OWN],
    groups: [GROUP],
    url: peer.url,
  };
  const { channel } = make({ settings });
  const watch = watched(channel);
  await expect.poll(() => watch.state(), SOON).toBe('ready');
  const texts = () => watch.events.map(({ text }) => text);
  const receipts = (id: string | undefined) =>
    peer.heard('receipt').filter(({ attrs }) => attrs.id === id);
  const dana = createWriter(peer);

  const first = await dana.seal({ conversation: 'by a key' });
  await peer.send(first);
  await expect.poll(texts, SOON).toEqual(['by a key']);
  expect(watch.events[0]).toMatchObject({ from: home, sender: { id: DANA, name: 'Dana' } });
  const isRead = () => receipts(first.attrs.id).some(({ attrs }) => attrs.type === 'read');
  await expect.poll(isRead, SOON).toBe(true);
  await peer.send(await dana.seal({ extendedTextMessage: { text: 'by the ratchet' } }));
  await expect.poll(texts, SOON).toEqual(['by a key', 'by the ratchet']);

  const lost = { tag: 'enc', attrs: { v: '2', type: 'msg' }, content: Buffer.alloc(80, 3) };
  const sealed = await dana.seal({ conversation: 'garbled on its way' });
  await peer.send({ ...sealed, content: [lost] });
  const retry = () => receipts(sealed.attrs.id).find(({ attrs }) => attrs.type === 'retry');
  await expect.poll(retry, SOON).toBeDefined();
  expect(texts()).toHaveLength(2);
  dana.forget();
  const again = { id: sealed.attrs.id ?? '', retry: 1 };
  await peer.send(await dana.seal({ conversation: 'garbled on its way' }, again));
  await expect.poll(texts, SOON).toHaveLength(3);

  await peer.send(await dana.seal({ conversation: 'to all' }, { group: GROUP }));
  await expect.poll(texts, SOON).toHaveLength(4);
  expect(watch.events[3]).toMatchObject({ from: { peer: GROUP }, sender: { id: DANA } });

  const phone = createWriter(peer, `${OWN}@s.whatsapp.net`);
  const note = { destinationJid: `${OWN}@s.whatsapp.net`, message: { conversation: 'to myself' } };
  const attrs = { recipient: `${OWN}@s.whatsapp.net` };
  await peer.send(await phone.seal({ deviceSentMessage: note }, { attrs }));
  await expect.poll(texts, SOON).toHaveLength(5);
  expect(watch.events[4]).toMatchObject({ sender: { id: OWN }, from: { peer: OWN } });

  await peer.inject('in the wrong group', {
    chat: '120363000000000002@g.us',
    sender: `${DANA}@s.whatsapp.net`,
  });
  // Somebody whom nobody named is heard where they show a link or a code, and from when they were let in.
  const eve = createWriter(peer, '15559998888@s.whatsapp.net');
  await peer.send(await eve.seal({ conversation: 'hello' }));
  const link = offerFor('whatsapp', {
    identity: `+${OWN}`,
    token: 'x'.repeat(22),
    code: 'BCDFGHJK',
  });
  const words = new URL(link.link).searchParams.get('text');
  await peer.send(await eve.seal({ conversation: words }));
  await expect.poll(texts, SOON).toHaveLength(6);
  expect(watch.events[5]).toMatchObject({ text: words, sender: { id: '15559998888' } });
  expect(new URL(link.link)).toMatchObject({ origin: 'https://wa.me', pathname: `/${OWN}` });

  const [said] = watch.events;
  if (said === undefined) throw new Error('nothing was said');
  await spoolEvent(store, said, 'lane');
  const answer = { id: 'm1', to: home, text: 'hi', buttons: [], inReplyTo: said.id };
  await channel.send({ ...answer, quotes: said.message ?? '' }, soon());
  expect(peer.sent).toHaveLength(1);
  const { contextInfo } = peer.sent[0]?.content.extendedTextMessage ?? {};
  expect(contextInfo).toMatchObject({
    stanzaId: first.attrs.id,
    participant: `${DANA}@s.whatsapp.net`,
    quotedMessage: { conversation: 'by a key' },
  });
  await channel.acknowledge?.(said, 'Approved');
  await expect.poll(() => peer.sent.at(-1)?.reaction, SOON).toBe('👀');
  const toGroup = { ...answer, id: 'm2', to: { ...home, peer: GROUP } };
  await channel.send(toGroup, soon());
  const sent = peer.heard('message').find(({ attrs }) => attrs.to === GROUP);
  expect(JSON.stringify(sent)).toContain('skmsg');
  expect(texts()).toHaveLength(6);
}, 90_000);

it('decrypts a message again that a crash took in the middle, and knows it by its id', async () => {
  const { peer, make, store, secrets } = await whatsappStage();
  await seedLink({ store, secrets });
  const broken = { next: false };
  const crashing = {
    ...store,
    tx: ((work) =>
      broken.next ? Promise.reject(new Error('crashed')) : store.tx(work)) as (typeof store)['tx'],
  };
  const { channel } = make({ store: crashing });
  const dana = createWriter(peer);
  const watch = watched(channel, async () => {
    // It is durable; what the ratchet becomes is not.
    broken.next = watch.events.length === 1;
  });
  await expect.poll(() => watch.state(), SOON).toBe('ready');
  const sealed = await dana.seal({ conversation: 'once' });
  await peer.send(sealed);
  await expect.poll(() => watch.state(), SOON).toBe('retrying');
  broken.next = false;
  await expect.poll(() => watch.state(), SOON).toBe('ready');
  await peer.send(sealed);
  await expect.poll(() => watch.events.length, SOON).toBe(2);
  const [first, again] = watch.events;
  expect(again?.externalId).toBe(first?.externalId);
  await peer.send(await dana.seal({ conversation: 'more' }));
  await expect.poll(() => watch.events.at(-1)?.text, SOON).toBe('more');
}, 90_000);
