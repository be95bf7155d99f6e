import type { InboundEvent } from '../../src/domain/event.ts';

/** A message like any other, the nth. */
export const eventFor = (n: number): InboundEvent => ({
  id: `bench-${n}`,
  externalId: `bench-${n}`,
  from: { channel: 'telegram', account: '1', peer: String(n % 100) },
  sender: { id: String(n % 100) },
  kind: 'message',
  text: 'list files',
  media: [],
  isGroup: false,
  mentionsMe: true,
  at: n,
});
