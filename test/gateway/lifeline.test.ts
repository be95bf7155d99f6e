import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { watchLifeline } from '../../src/gateway/lifeline.ts';
import { until } from '../flows/stage/until.ts';
import { freshFolder } from '../store/fresh.ts';

/** A pipe: its writing end and its reading end. */
function pipe(): readonly [number, number] {
  const path = join(freshFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  const writer = openSync(path, 'r+');
  return [writer, openSync(path, 'r')];
}

describe('the line to the terminal', () => {
  it('says once that the other end is gone, however much was said on it before', async () => {
    const [writer, reader] = pipe();
    let ends = 0;
    watchLifeline(reader, () => {
      ends += 1;
    });
    for (let i = 0; i < 5; i++) writeSync(writer, 'still here\n');
    for (let i = 0; i < 200; i++) await new Promise(setImmediate);
    expect(ends).toBe(0);
    closeSync(writer);
    await until('the end is told', () => ends > 0);
    await new Promise(setImmediate);
    expect(ends).toBe(1);
  });

  it('is not one where no descriptor is', () => {
    expect(() => watchLifeline(4000, () => undefined)).toThrow();
  });
});
