import { expect, test } from 'vitest';
import { params } from '../../src/protocol/methods.ts';
import { protocolReference } from '../../src/protocol/reference.ts';
import { parseKey } from '../../src/protocol/session-key.ts';

const reference = protocolReference();
const method = (name: string) => reference.methods.find((one) => one.name === name);

test('the reference names every method with its scope and its parameters', () => {
  expect(reference.methods.map(({ name }) => name)).toEqual(Object.keys(params));
  expect(method('chat.send')).toMatchObject({
    scope: 'chat',
    params: { type: 'object', required: ['text', 'key'], additionalProperties: false },
  });
  expect(method('stop')?.scope).toBe('admin');
  // Whoever writes a method must say whom it is for, or it is for this machine alone.
  const open = reference.methods.filter(({ scope }) => scope !== 'admin').map(({ name }) => name);
  for (const name of open) expect(name).not.toMatch(/^(record|standing|undo|quarantine|files)\./);
});

test('the reference is JSON, with events, errors and close codes', () => {
  const read = JSON.parse(JSON.stringify(reference));
  expect(read).toEqual(reference);
  expect(read.events).toContainEqual({ kind: 'log', scope: 'operate', words: 'a line of the log' });
  expect(read.errors).toContain('credentials');
  expect(read.closeCodes).toMatchObject({ revoked: 4001, slow: 4008 });
  expect(read.frames.request.properties).toHaveProperty('key');
});

test.each([
  ['telegram:dm:5012233', { channel: 'telegram', type: 'dm', identifier: '5012233' }],
  ['discord:guild:1:2', { channel: 'discord', type: 'guild', identifier: '1', thread: '2' }],
  ['slack:channel:C1', { channel: 'slack', type: 'channel', identifier: 'C1' }],
  ['device:dm:d2', { channel: 'device', type: 'dm', identifier: 'd2' }],
])('%s is the key of a session', (text, key) => {
  expect(parseKey(text)).toEqual(key);
});

test.each(['mail:dm:1', 'telegram:person:1', 'telegram:dm:', 'telegram:dm', 'a:dm:b:c:d', ''])(
  '“%s” is none',
  (text) => {
    expect(() => parseKey(text)).toThrow(/not a session key/);
  },
);
