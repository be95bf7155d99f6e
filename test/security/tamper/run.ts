// npm run tamper [-- --nightly] [-- --seed 7]: tampers with a signed record in every way there is, and counts who notices.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt } from './attempt.ts';
import { kinds } from './kinds.ts';
import { untouchedRecord } from './record.ts';

const rounds = process.argv.includes('--nightly') ? 50 : 5;
const at = process.argv.indexOf('--seed');
const seed = at < 0 ? 1 : Number(process.argv[at + 1]);
const folder = mkdtempSync(join(tmpdir(), 'atom-tamper-'));

try {
  const record = await untouchedRecord(folder);
  let missed = 0;
  console.log(`seed ${seed}, ${rounds} of each\n`);
  console.log(`${'what was done'.padEnd(38)}${'atom'.padStart(8)}${'alone'.padStart(8)}   called`);
  for (const [number, kind] of kinds.entries()) {
    let [ours, alone] = [0, 0];
    const called = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      const found = await attempt(record, {
        folder,
        kind,
        seed: seed * 100_000 + number * 1000 + round,
      });
      if (!found.ours.ok && kind.called.includes(found.ours.done)) ours += 1;
      if (!found.ours.ok) called.add(found.ours.done);
      if (found.alone.code === 1 && found.alone.said.startsWith('TAMPERED')) alone += 1;
    }
    missed += 2 * rounds - ours - alone;
    const row = [
      kind.name.padEnd(38),
      `${ours}/${rounds}`.padStart(8),
      `${alone}/${rounds}`.padStart(8),
    ];
    console.log(`${row.join('')}   ${[...called].join(', ')}`);
  }
  process.exitCode = missed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
