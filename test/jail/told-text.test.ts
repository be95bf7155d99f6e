import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactOutput } from '../../src/base/redact.ts';
import { createToldText } from '../../src/jail/told-text.ts';

const KNOWN = 'correct-horse-battery';

/** What those who watch were told, with a telling after each piece. */
function tellEach(pieces: readonly string[]) {
  const told: { text: string; line?: string }[] = [];
  for (let many = 0; many <= pieces.length; many++) {
    const watch = createToldText(redactOutput([KNOWN]), (part) => void told.push(part));
    for (const text of pieces.slice(0, many)) watch.add({ stream: 'stdout', text });
    if (many === pieces.length) watch.end();
  }
  return told;
}

const allOf = (pieces: readonly string[]): string => {
  const told: string[] = [];
  const watch = createToldText(redactOutput([KNOWN]), ({ text, line = '' }) =>
    told.push(text, line),
  );
  for (const text of pieces) watch.add({ stream: 'stdout', text });
  watch.end();
  return told.join('');
};

describe('what those who watch are told', () => {
  it('is whole lines, without colours, and progress bars as they read last', () => {
    expect(allOf(['\u001b[3', '1mred\u001b[0m\n 10%\r 50', '%\r100%\nend'])).toBe('red\n100%\nend');
  });

  it('never holds a secret, wherever its text is cut into pieces', () => {
    const secrets = [KNOWN, `ghp_${'a1'.repeat(18)}`, `sk-ant-api03-${'x'.repeat(40)}`];
    const text = `one ${secrets[0]} two\ntoken=${secrets[1]}\n${secrets[2]}\n`;
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 6 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        const told = JSON.stringify(tellEach(at.slice(1).map((end, i) => text.slice(at[i], end))));
        for (const secret of secrets) expect(told).not.toContain(secret.slice(-12));
      }),
    );
  });

  it('never holds the lines of a private key, however they come', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `MIIE${'k'.repeat(56)}${i}`);
    const key = ['-----BEGIN RSA PRIVATE KEY-----', ...lines, '-----END RSA PRIVATE KEY-----'];
    const told = allOf(['before\n', ...key.map((line) => `${line}\n`), 'after\n']);
    expect(told).toContain('before\n');
    expect(told).toContain('after\n');
    expect(told).not.toContain('kkkk');
  });

  it('of a flood is only its end', () => {
    const flood = Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`);
    const told = allOf(flood);
    expect(told.length).toBeLessThan(10_000);
    expect(told).toMatch(/line 19999\n$/);
  });

  it('of one endless word is nothing that could be half a secret', () => {
    const told = allOf([`${'x'.repeat(70_000)}`, `tail-of-it next\n`]);
    expect(told).not.toContain('tail-of-it');
    expect(told).toContain('next');
  });
});
