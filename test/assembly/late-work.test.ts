import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { lateWork } from '../../src/assembly/late-work.ts';
import type { AtomOptions } from '../../src/assembly/parts.ts';
import { WORK, type WorkParts } from '../../src/assembly/work.ts';
import { createWork } from '../../src/assembly/work-actions.ts';

/** Whatever is asked of it, for nothing of it is used to make an action. */
const anything: unknown = new Proxy(() => anything, { get: () => anything });
const folder = mkdtempSync(join(tmpdir(), 'atom-work-'));
afterAll(() => rmSync(folder, { recursive: true }));
const paths = new Proxy({}, { get: () => folder });
const packageFolder = folder;
const options = {
  config: anything,
  secrets: anything,
  metrics: anything,
  paths,
  packageFolder,
} as AtomOptions;
const parts = anything as WorkParts;

it('does by each name what is called so, and has nothing that is recorded with its effect', () => {
  const work = createWork(options, parts);
  for (const name of WORK) expect(work[name].name).toBe(name);
  // A late one has none: it would be left out without a word.
  expect(Object.values(work).filter(({ writer }) => writer !== undefined)).toEqual([]);
});

it('is there by name at once, and does what it is called once it is asked', async () => {
  const late = lateWork(options, parts);
  expect(late.map(({ name }) => name)).toEqual([...WORK]);
  const read = late.find(({ name }) => name === 'file.read');
  await expect(read?.prepare({ odd: true }, undefined)).rejects.toThrow('file request');
});
