import { describe, expect, it } from 'vitest';
import { createOutput } from '../../src/jail/output.ts';

function collect(capBytes: number, answerBytes?: number) {
  const told: string[] = [];
  const full: string[] = [];
  const hooks = {
    onText: ({ text }: { readonly text: string }) => void told.push(text),
    onFull: () => void full.push('full'),
  };
  return { output: createOutput(capBytes, hooks, answerBytes), told, full };
}

const bytes = (text: string): Buffer => Buffer.from(text);

describe('what a command said', () => {
  it('is whole where it is short, characters and all, however it was cut up', () => {
    const { output, told } = collect(1000);
    for (const byte of bytes('größe 🙂\n')) output.take('stdout', Buffer.from([byte]));
    expect(output.end()).toMatchObject({ stdout: 'größe 🙂\n', truncated: false });
    expect(told.join('')).toBe('größe 🙂\n');
  });

  it('is whole up to the last byte of what an answer keeps', () => {
    const text = 'ä '.repeat(250);
    const { output } = collect(10_000, 1000);
    for (let at = 0; at < 750; at += 7) output.take('stdout', bytes(text).subarray(at, at + 7));
    output.take('stdout', bytes(text).subarray(756));
    expect(output.end()).toMatchObject({ stdout: text, truncated: false });
  });

  it('keeps its beginning and its end where it is long, and says how much is missing', () => {
    const { output, full } = collect(100_000, 1000);
    output.take('stdout', bytes('first words\n'));
    for (let i = 0; i < 1000; i++) output.take('stdout', bytes(`line ${i}\n`));
    output.take('stderr', bytes('it went wrong\n'));
    const { stdout, stderr, truncated, printed } = output.end();
    expect(stdout).toMatch(/^first words\nline 0\n/);
    expect(stdout).toMatch(/line 998\nline 999\n$/);
    expect(stdout).toMatch(/\n… \d+ kB left out …\n/);
    expect(stdout.length).toBeLessThan(800);
    expect(stderr).toBe('it went wrong\n');
    expect(truncated).toBe(true);
    expect(printed.bytes).toEqual({ stdout: 12 + 8890, stderr: 14 });
    expect(full).toEqual([]);
  });

  it('is never cut within a word, which may be half a secret', () => {
    const { output } = collect(1_000_000, 1000);
    const secret = `sk-ant-${'x'.repeat(60)}`;
    for (let i = 0; i < 100; i++) output.take('stdout', bytes(`${secret} `));
    const parts = output.end().stdout.split(/\s+/);
    expect(parts.filter((part) => part.includes('x') && part !== secret)).toEqual([]);
  });

  it('that never ends is cut at its cap, once', () => {
    const { output, full } = collect(100);
    expect(output.take('stdout', bytes('x'.repeat(80)))).toBe(80);
    expect(output.take('stderr', bytes('y'.repeat(80)))).toBe(20);
    expect(output.take('stdout', bytes('z'))).toBe(0);
    expect(output.end()).toMatchObject({ stdout: 'x'.repeat(80), stderr: 'y'.repeat(20) });
    expect(full).toEqual(['full']);
  });

  it('is no text where it holds a NUL or many bytes that are no characters', () => {
    const { output, told } = collect(10_000);
    output.take('stdout', bytes('ELF\0\u0001'));
    output.take('stderr', Buffer.alloc(100, 0xff));
    expect(output.end().printed.binary).toEqual(['stdout', 'stderr']);
    expect(told.join('')).toBe('');
    const latin = collect(10_000);
    latin.output.take('stdout', Buffer.from('na\xefve caf\xe9, and much plain text', 'latin1'));
    expect(latin.output.end().printed.binary).toEqual([]);
  });
});
