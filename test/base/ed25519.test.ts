import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  fingerprintOf,
  isSignedBy,
  newIdentity,
  parseIdentity,
  publicKeyFrom,
} from '../../src/base/ed25519.ts';

it('signs what another implementation takes, and takes what another signed', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const theirs = publicKey.export({ format: 'jwk' }).x ?? '';
  expect(
    isSignedBy(theirs, 'hello', sign(null, Buffer.from('hello'), privateKey).toString('base64url')),
  ).toBe(true);
  const ours = newIdentity();
  const key = publicKeyFrom(Buffer.from(ours.publicKey, 'base64url'));
  const signature = Buffer.from(ours.sign('hello'), 'base64url');
  expect(verify(null, Buffer.from('hello'), key, signature)).toBe(true);
});

it('is the same again from what was kept of it', () => {
  const one = newIdentity();
  const again = parseIdentity(one.secretText);
  expect(again?.publicKey).toBe(one.publicKey);
  expect(isSignedBy(one.publicKey, 'x', again?.sign('x') ?? '')).toBe(true);
  expect(parseIdentity('c2hvcnQ')).toBeUndefined();
});

it('takes no other text, signature or key, and nothing malformed', () => {
  const one = newIdentity();
  const signature = one.sign('hello');
  expect(isSignedBy(one.publicKey, 'hello!', signature)).toBe(false);
  expect(isSignedBy(newIdentity().publicKey, 'hello', signature)).toBe(false);
  expect(isSignedBy(one.publicKey, 'hello', '')).toBe(false);
  expect(isSignedBy('AAAA', 'hello', signature)).toBe(false);
  for (const byte of [0, 1, 127, 255])
    expect(isSignedBy(Buffer.alloc(32, byte).toString('base64url'), 'hello', signature)).toBe(
      false,
    );
});

it('is compared by a fingerprint: SHA-256 of the 32 bytes', () => {
  const bytes = Buffer.alloc(32, 7);
  const digest = createHash('sha256').update(bytes).digest('base64url');
  expect(fingerprintOf(bytes.toString('base64url'))).toBe(`SHA256:${digest}`);
});
