import { createSecretKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { hmac } from '../../../src/channels/signatures/hmac.ts';

test('a key signs the same in whatever form it comes, and an empty one nothing', () => {
  const forms = (key: string) => [key, Buffer.from(key), createSecretKey(Buffer.from(key))];
  const signed = forms('key').map((key) => hmac({ hash: 'sha256', key, as: 'hex' }, 'a', 'b'));
  expect(new Set(signed).size).toBe(1);
  for (const key of forms(''))
    expect(() => hmac({ hash: 'sha256', key, as: 'hex' }, 'a')).toThrow('empty');
});
