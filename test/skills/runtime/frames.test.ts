import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/base/json.ts';
import { createFrames } from '../../../src/skills/runtime/frames.ts';
import { createPeer } from '../../../src/skills/runtime/peer.ts';

/** Our end of a line, with everything that came of what the other end says. */
function line(
  serve: (method: string, params: unknown) => Promise<Json> = async () => 'served',
  taken: () => Promise<void> = async () => undefined,
) {
  const said: Json[] = [];
  const faults: string[] = [];
  const peer = createPeer({
    serve,
    write: async (text) => {
      said.push(JSON.parse(text) as Json);
      await taken();
    },
    onFault: (words) => faults.push(words),
  });
  const hear = async (...messages: readonly (string | object)[]): Promise<void> => {
    for (const message of messages)
      peer.take(
        Buffer.from(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`),
      );
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { peer, said, faults, hear };
}

const v = { jsonrpc: '2.0' } as const;

describe('the line to a skill', () => {
  it('takes an answer for what was asked, in pieces of any size', async () => {
    const { peer, faults, said } = line();
    const answer = peer.request('call', { input: 1 });
    for (const byte of Buffer.from('{"jsonrpc":"2.0","id":1,"result":{"text":"ü"}}\n'))
      peer.take(Buffer.from([byte]));
    expect(await answer).toEqual({ text: 'ü' });
    expect(said).toEqual([{ ...v, id: 1, method: 'call', params: { input: 1 } }]);
    expect(faults).toEqual([]);
  });

  it.each([
    ['answers what it was not asked', [{ ...v, id: 7, result: 'forged' }]],
    [
      'answers twice',
      [
        { ...v, id: 1, result: 1 },
        { ...v, id: 1, result: 2 },
      ],
    ],
    ['answers a text where the id was a number', [{ ...v, id: '1', result: 1 }]],
    [
      'uses an id twice',
      [
        { ...v, id: 5, method: 'a' },
        { ...v, id: 5, method: 'a' },
      ],
    ],
    ['says garbage', ['hello']],
    ['says a number', ['5']],
    ['says a list of messages', [[{ ...v, id: 1, result: 1 }]]],
    ['speaks another version', [{ jsonrpc: '1.0', id: 1, result: 1 }]],
    ['says something besides', [{ ...v, id: 1, result: 1, approved: true }]],
    ['answers both ways', [{ ...v, id: 1, result: 1, error: { message: '' } }]],
    [
      'would change what objects inherit',
      ['{"jsonrpc":"2.0","id":1,"result":{"__proto__":{"a":1}}}'],
    ],
    ['would do so by an escape', ['{"jsonrpc":"2.0","id":1,"result":{"\\u005f_proto__":{"a":1}}}']],
    ['nests too deeply', [`{"jsonrpc":"2.0","id":1,"result":${'['.repeat(2e6)}`]],
  ])('stops one that %s, and says so', async (_, messages) => {
    const { peer, faults, hear } = line();
    const answer = peer.request('call', {});
    await hear(...messages);
    expect(faults).toHaveLength(1);
    // What came first may have been an answer; nothing after the fault is one.
    const words = await answer.then(
      (value) => `${value}`,
      (error: Error) => error.message,
    );
    expect(words).toMatch(/^1$|^The skill was stopped, because it /);
    await hear({ ...v, id: 1, result: 'late' });
    expect(faults).toHaveLength(1);
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it('hands on keys that only look dangerous as what they are', async () => {
    const { peer, hear } = line();
    const answer = peer.request('call', {});
    await hear('{"jsonrpc":"2.0","id":1,"result":{"constructor":{"prototype":{"a":1}}}}');
    expect(JSON.stringify(await answer)).toBe('{"constructor":{"prototype":{"a":1}}}');
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it('serves one request after another, and tells a refusal in words', async () => {
    const order: string[] = [];
    const { said, hear } = line(async (method) => {
      order.push(`begin ${method}`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`end ${method}`);
      throw new TypeError('a fault of ours with a path /root in it');
    });
    await hear({ ...v, id: 1, method: 'a' }, { ...v, id: 2, method: 'b' }, { ...v, method: 'c' });
    for (let i = 0; i < 5; i++) await hear();
    expect(order).toEqual(['begin a', 'end a', 'begin b', 'end b', 'begin c', 'end c']);
    expect(said).toEqual([
      { ...v, id: 1, error: { code: -32_000, message: 'atom failed to do it.' } },
      { ...v, id: 2, error: { code: -32_000, message: 'atom failed to do it.' } },
    ]);
  });

  it('hears no more than it can hold', () => {
    const heard: string[] = [];
    const read = createFrames({ onFrame: () => undefined, onFault: (words) => heard.push(words) });
    const chunk = Buffer.alloc(64 * 1024, 'x');
    for (let i = 0; i < 100; i++) read(chunk);
    expect(heard).toEqual([expect.stringContaining('a message of more than')]);
    const endless = createFrames({
      onFrame: () => undefined,
      onFault: (words) => heard.push(words),
    });
    const message = Buffer.from(`{"jsonrpc":"2.0","method":"log","params":"${'x'.repeat(1e6)}"}\n`);
    for (let i = 0; i < 40; i++) endless(message);
    expect(heard.at(-1)).toContain('said more than');
  });

  it('does nothing more for one that does not read its answers', async () => {
    const served: string[] = [];
    const { promise: taken, resolve: take } = Promise.withResolvers<void>();
    const { said, hear } = line(
      async (method) => served.push(method),
      () => taken,
    );
    await hear({ ...v, id: 1, method: 'a' }, { ...v, id: 2, method: 'b' });
    for (let i = 0; i < 5; i++) await hear();
    expect([served, said.length]).toEqual([['a'], 1]);
    take();
    for (let i = 0; i < 5; i++) await hear();
    expect([served, said.length]).toEqual([['a', 'b'], 2]);
  });

  it('is not answered without end', async () => {
    const { said, faults, hear } = line(async () => 'x'.repeat(1_000_000));
    for (let id = 0; id < 40; id++) await hear({ ...v, id, method: 'a' });
    expect(faults).toEqual([expect.stringContaining('asked for more than 34 MB')]);
    expect(said).toHaveLength(33);
  });

  it('is not asked without end', async () => {
    const { faults, hear } = line();
    await hear(...Array.from({ length: 1100 }, () => ({ ...v, method: 'log' })));
    expect(faults).toEqual(['asked more than 1000 times']);
  });
});
