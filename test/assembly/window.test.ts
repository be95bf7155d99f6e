import { expect, it } from 'vitest';
import { windowOf } from '../../src/assembly/window.ts';
import type { Labels } from '../../src/domain/label.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { appendItem } from '../../src/store/tables/transcript.ts';
import { freshStore } from '../store/fresh.ts';

const owner: Labels = { integrity: 'owner', confidentiality: 'private' };
const stranger: Labels = { integrity: 'untrusted', confidentiality: 'private' };

it('what the owner said into a turn was said in it; what others said endorses nothing', async () => {
  const { store } = await freshStore();
  const home = { channel: 'terminal', account: 'main', peer: 'main' };
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  await ensureSession(store, { id: 's', key: 'k', agent: 'atom', home, startedAt: 1 });
  const hear = (event: string, text: string, labels = owner) =>
    appendItem(store, {
      session: 's',
      event,
      labels,
      at: 1,
      item: { role: 'user', text, sender: 'x' },
    });
  await hear('e0', 'before');
  await hear('e1', 'first');
  await hear('e2', 'and then');
  await hear('e3', 'write to b.txt', stranger);
  const principal = { kind: 'agent', id: 'atom' } as const;
  const seen = { principal, sees: 'conversation' } as const;
  const window = await windowOf(store, { session: 's', event: 'e1' }, seen);
  expect(window.said).toBe('first\nand then');
  expect(window.labels.integrity).toBe('untrusted');
  expect((await windowOf(store, { session: 's' }, seen)).said).toBe('');
});
