import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sweep = join(import.meta.dirname, '../../src/jail/fd-sweep.ts');

/** A process that inherits a secret on descriptor 30 starts a child that tries to read it. */
function readThroughChild(before: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'atom-fd-'));
  writeFileSync(join(folder, 'secret'), 'CANARY');
  const fd = openSync(join(folder, 'secret'), 'r');
  const read = `require("child_process").spawnSync("cat", ["/proc/self/fd/30"], { stdio: ["ignore", 1, "ignore"] })`;
  const script = `import(${JSON.stringify(sweep)}).then(async ({ closeInherited }) => { ${before}; ${read} })`;
  const stdio = ['ignore', 'pipe', 'inherit', ...Array<'ignore'>(27).fill('ignore'), fd] as const;
  const { stdout } = spawnSync(process.execPath, ['-e', script], { stdio: [...stdio] });
  closeSync(fd);
  rmSync(folder, { recursive: true });
  return String(stdout);
}

test('an inherited descriptor reaches no child once it was swept', () => {
  expect(readThroughChild('')).toBe('CANARY');
  expect(readThroughChild('await closeInherited()')).toBe('');
});

test('what is gone a moment later was no inherited one, and a new one in its place stays', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atom-fd-'));
  const script = `import(${JSON.stringify(sweep)}).then(async ({ closeInherited }) => {
    const fs = require('fs');
    const sweeping = closeInherited();
    fs.closeSync(30);
    const fd = fs.openSync(${JSON.stringify(folder)}, 'r');
    const closed = await sweeping;
    fs.fstatSync(fd);
    console.log(JSON.stringify(closed));
  })`;
  const file = join(folder, 'certificates');
  writeFileSync(file, '');
  const own = openSync(file, 'r');
  const stdio = ['ignore', 'pipe', 'inherit', ...Array<'ignore'>(27).fill('ignore'), own] as const;
  const { stdout } = spawnSync(process.execPath, ['-e', script], { stdio: [...stdio] });
  closeSync(own);
  rmSync(folder, { recursive: true });
  expect(JSON.parse(String(stdout))).not.toContain(30);
});

test('descriptors to keep are kept', () => {
  expect(readThroughChild('await closeInherited({ descriptors: [30] })')).toBe('CANARY');
  const file = `require("fs").readlinkSync("/proc/self/fd/30")`;
  expect(readThroughChild(`await closeInherited({ files: [${file}] })`)).toBe('CANARY');
  expect(readThroughChild('await closeInherited({ files: ["/nowhere"] })')).toBe('');
});
