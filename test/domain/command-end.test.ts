import { describe, expect, it } from 'vitest';
import { type CommandEnd, endWords } from '../../src/domain/command-end.ts';

const end = (more: Partial<CommandEnd>): string =>
  endWords({ ending: 'exit', exit: null, ...more });
const held = (most: number, by: 'jail' | 'maturity' = 'maturity') => ({ jail: 'work', by, most });

describe('how a command ended', () => {
  it.each([
    ['time', 120_000, 'it took longer than 120 s', 'wall'],
    ['memory', 1024 ** 3, 'it needed more than 1 GB of memory', 'memory'],
    ['processes', 64, 'it started more than 64 processes', 'processes'],
    [
      'disk',
      64 * 1024 ** 2,
      'it filled the disk far beyond the 64 MB that one file may have',
      'file-size',
    ],
    ['output', 64 * 1024 ** 2, 'it printed more than 64 MB', 'output'],
  ])('is a sentence of its own for %s, with what set the limit', (ending, most, what, name) => {
    expect(end({ ending, held: held(most) })).toBe(
      `It was stopped: ${what}, which this agent’s maturity gives. To let it have more: atom jails set work --limit ${name}=…`,
    );
    expect(end({ ending, held: held(most, 'jail') })).toContain('which the jail work sets');
  });

  it('says who stopped it, and after how long', () => {
    expect(end({ ending: 'stopped', by: 'telegram 42', ms: 12_400 })).toBe(
      'It was stopped by telegram 42 after 12 s.',
    );
    expect(end({ ending: 'stopped' })).toBe('It was stopped.');
  });

  it('says what a signal means', () => {
    expect(end({ ending: 'signal', signal: 'SIGXCPU' })).toBe(
      'It was killed by SIGXCPU: it used more processor time than it may.',
    );
    expect(end({ ending: 'signal', signal: 'SIGUSR1' })).toBe('It was killed by SIGUSR1.');
  });

  it('says what the codes of a shell mean, and which program was missing', () => {
    expect(end({ exit: 0 })).toBe('');
    expect(end({ exit: 3 })).toBe('It ended with exit code 3.');
    expect(end({ exit: 126 })).toContain('may not be run');
    const missing = ['There is no program gti for the jail: looked in /bin.\nDid you mean git?'];
    expect(end({ exit: 127, missing })).toBe(
      `It ended with exit code 127: a program of it was not found.\n${missing[0]}`,
    );
  });
});
