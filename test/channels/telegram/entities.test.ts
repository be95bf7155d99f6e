import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Channel, SendRequest } from '../../../src/domain/channel.ts';
import { type ScriptedTelegram, startScriptedTelegram } from '../../peers/scripted-telegram.ts';
import { privateChat, telegramFor } from './stage.ts';

let server: ScriptedTelegram;
let channel: Channel;
beforeEach(async () => {
  server = await startScriptedTelegram();
  channel = telegramFor(server);
});
afterEach(async () => {
  await channel.close();
  await server.close();
});

async function sent(message: Partial<SendRequest>) {
  const whole: SendRequest = { id: 'm', to: privateChat('777'), text: '', buttons: [], ...message };
  await channel.send(whole, AbortSignal.timeout(5000));
  const [call] = server.calls(message.edits ? 'editMessageText' : 'sendMessage').slice(-1);
  expect(call).not.toHaveProperty('parse_mode');
  return call as { text: string; entities?: { type: string; offset: number; length: number }[] };
}

test('says beside the words of a model what they mean, also where it edits', async () => {
  const text = '# 😀 *Hi*\n\n> say `a<b>` [*here*](https://x.example/)\n\n```ts\n*a*\n```';
  for (const edits of [undefined, '61']) {
    const call = await sent({ text, format: 'markdown', ...(edits && { edits }) });
    expect(call.text).toBe('😀 Hi\n\nsay a<b> here\n\n*a*');
    const on = call.entities?.map(({ type, offset, length, ...more }) => [
      call.text.slice(offset, offset + length),
      { type, ...more },
    ]);
    expect(on).toEqual([
      ['😀 Hi', { type: 'bold' }],
      ['Hi', { type: 'italic' }],
      ['say a<b> here', { type: 'blockquote' }],
      ['a<b>', { type: 'code' }],
      ['here', { type: 'text_link', url: 'https://x.example/' }],
      ['here', { type: 'italic' }],
      ['*a*', { type: 'pre', language: 'ts' }],
    ]);
  }
});

test('leaves the words of atom itself, and whatever is not said to be Markdown, as they are', async () => {
  const call = await sent({ text: '*bold* [a](https://x.example)' });
  expect(call.text).toBe('*bold* [a](https://x.example)');
  expect(call).not.toHaveProperty('entities');
});

test('says a hundred things beside a message at most, and leaves out what does not go together', async () => {
  const many = await sent({ text: '**a** b '.repeat(150), format: 'markdown' });
  expect(many.entities).toHaveLength(100);
  const nested = await sent({ text: '> a\n> > b\n\n[`c`](https://x.example)', format: 'markdown' });
  expect(nested.entities?.map(({ type }) => type)).toEqual(['blockquote', 'text_link']);
});

test('shows a table that would be too long when aligned as it was written', async () => {
  const text = `|a|b|\n|-|-|\n|${'x'.repeat(120)}|b|\n${'|a|b|\n'.repeat(32)}`;
  expect(text.length).toBeLessThan(4096);
  const call = await sent({ text: `${text}${'word '.repeat(740)}`, format: 'markdown' });
  expect(call.text.length).toBeLessThanOrEqual(4096);
});
