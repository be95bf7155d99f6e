import { describe, expect, it } from 'vitest';
import { isBareProof, typedAnswer, withoutProof, yesWords } from '../../src/domain/typed-answer.ts';

describe('a typed answer', () => {
  it.each([
    ['ok k7p2', { verdict: 'approve', code: 'k7p2' }],
    ['Y k7p2', { verdict: 'approve', code: 'k7p2' }],
    ['N k7p2', { verdict: 'deny', code: 'k7p2' }],
    [' No  K7P2\n', { verdict: 'deny', code: 'k7p2' }],
    ['ok k7p2 123456', { verdict: 'approve', code: 'k7p2', proof: '123456' }],
    ['ok k7p2 123 456', { verdict: 'approve', code: 'k7p2', proof: '123456' }],
    ['ok k7p2 123-456', { verdict: 'approve', code: 'k7p2', proof: '123-456' }],
    ['ok k7p2 12345', { verdict: 'approve', code: 'k7p2', proof: '12345' }],
    [
      'ok k7p2 ABCD-efgh-jkmn-pqrs',
      { verdict: 'approve', code: 'k7p2', proof: 'abcd-efgh-jkmn-pqrs' },
    ],
    ['ok k7p2 abcdefghjkmnpqrs', { verdict: 'approve', code: 'k7p2', proof: 'abcdefghjkmnpqrs' }],
  ])('is read from “%s”', (text, answer) => {
    expect(typedAnswer(text)).toEqual(answer);
  });

  it.each([
    'ok',
    'okay k7p2',
    'ok k7p22',
    'ok then go on',
    'ok let us see 123456',
    'ok k7p2 please',
    'ok k7p2 12',
    'I say ok k7p2 123456',
  ])('is not read from “%s”', (text) => {
    expect(typedAnswer(text)).toBeUndefined();
    expect(withoutProof(text)).toBe(text);
  });

  it('is kept and shown without the code of the second factor', () => {
    for (const text of ['ok k7p2 123456', 'OK k7p2 123 456', 'ok k7p2 abcd-efgh-jkmn-pqrs'])
      expect(withoutProof(text)).toBe('ok k7p2 ••••••');
    expect(withoutProof('no k7p2 123456')).toBe('no k7p2 ••••••');
    expect(withoutProof('ok k7p2')).toBe('ok k7p2');
  });

  it('is none where a code stands alone, and that is seen', () => {
    for (const text of ['123456', ' 123 456 ', '123-456', 'ABCD-efgh-jkmn-pqrs']) {
      expect(isBareProof(text)).toBe(true);
      expect(typedAnswer(text)).toBeUndefined();
    }
    for (const text of ['12345', '1234567', 'abcdefghjkmnpqrs', 'ok 123456', ''])
      expect(isBareProof(text)).toBe(false);
  });

  it('is told to people as the card needs it', () => {
    expect(yesWords({ code: 'k7p2', factor: 'typed' })).toBe('ok k7p2');
    expect(yesWords({ code: 'k7p2', factor: 'totp' })).toBe('ok k7p2 123456');
  });
});
