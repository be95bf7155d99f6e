import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, sha256 } from '../../src/base/digest.ts';
import { canonical, type Json, wellFormed } from '../../src/base/json.ts';

const fromBits = (hex: string): number => Buffer.from(hex, 'hex').readDoubleBE(0);

describe('canonical JSON', () => {
  it('writes the example of RFC 8785, 3.2.2', () => {
    const value = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    ) as Json;
    expect(canonical(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('orders the keys of RFC 8785, 3.2.3 by UTF-16 code units', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonical(value)) as object)).toContain('One');
    const order = [...canonical(value).matchAll(/:"([^"]+)"/g)].map((match) => match[1]);
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['8000000000000001', '-5e-324'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['c340000000000000', '-9007199254740992'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
  ])('writes the number %s of RFC 8785, appendix B as %s', (bits, text) => {
    expect(canonical(fromBits(bits))).toBe(text);
  });

  it('refuses what two programs would write differently', () => {
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { a: '\udc00' }, { '\ud800': 1 }];
    for (const value of odd) expect(() => canonical(value)).toThrow(TypeError);
    expect(() => canonical([undefined] as unknown as Json)).toThrow(TypeError);
    expect(() => canonical(1n as unknown as Json)).toThrow(TypeError);
  });

  it('reads back as the same value, however its keys were ordered', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        const value = wellFormed(raw as Json);
        const text = canonical(value);
        expect(canonical(JSON.parse(text) as Json)).toBe(text);
        expect(digestOf(value)).toBe(sha256(text));
      }),
    );
  });

  it('gives one text for one object, in any order of its keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer()), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse());
        expect(canonical(turned)).toBe(canonical(object));
      }),
    );
  });

  it('makes any text writable and leaves a good one alone', () => {
    expect(wellFormed({ a: ['x\ud800'], '\udc00': null })).toEqual({
      a: ['x\ufffd'],
      '\ufffd': null,
    });
    expect(wellFormed({ a: '😀', b: 1 })).toEqual({ a: '😀', b: 1 });
  });
});
