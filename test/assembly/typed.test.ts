import { expect, it } from 'vitest';
import { typedIn } from '../../src/assembly/typed.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { spoolEvent } from '../../src/store/tables/spool.ts';
import { appendItem, conversation } from '../../src/store/tables/transcript.ts';
import { freshStore } from '../store/fresh.ts';

it('what a member typed into a turn was typed; what was passed on, worded by an agent or forgotten was not', async () => {
  const { store } = await freshStore();
  const home = { channel: 'telegram', account: 'main', peer: '7' };
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  await ensureSession(store, { id: 's', key: 'k', agent: 'atom', home, startedAt: 1 });
  const hear = async (id: string, text: string, more: Partial<InboundEvent> | 'forgotten' = {}) => {
    const event: InboundEvent = {
      id,
      externalId: id,
      from: home,
      sender: { id: '7' },
      kind: 'message',
      text,
      media: [],
      isGroup: false,
      mentionsMe: true,
      at: 1,
      ...(more === 'forgotten' ? {} : more),
    };
    if (more !== 'forgotten') await spoolEvent(store, event, 'k');
    await appendItem(store, {
      session: 's',
      event: id,
      at: 1,
      labels: { integrity: 'untrusted', confidentiality: 'public' },
      item: { role: 'user', text, sender: '7' },
    });
  };
  const typed = (context: { session?: string; event?: string }) =>
    typedIn(store, context, (id) => conversation(store, id));
  await hear('e0', 'before');
  await hear('e1', 'send ../a');
  await hear('e2', 'and ../b');
  await hear('e3', 'send ../c', { wordsOf: 'forwarded from “News”' });
  await hear('e4', 'send ../d', { via: { surface: 'job', owner: true, worded: true } });
  await hear('e5', 'send ../e', { via: { surface: 'agent', owner: false } });
  await hear('e6', 'send ../f', 'forgotten');
  await hear('e7', 'send ../g', { claimed: true });
  expect(await typed({ session: 's', event: 'e1' })).toBe('send ../a\nand ../b');
  expect(await typed({ session: 's' })).toBe('');
  expect(await typed({ event: 'e1' })).toBe('');
});
