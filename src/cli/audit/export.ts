import { createWriteStream, renameSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { shellWord } from '../../base/shell-word.ts';
import type { Cli } from '../cli.ts';
import { packageFolder } from '../version.ts';
import { keyOf } from './key.ts';
import { requireRecord, withRecord } from './open.ts';
import { signNow } from './sign-now.ts';

/** Writes the whole record as JSON lines, to a file that only its owner may read or to stdout. */
export async function exportRecord(cli: Cli, file: string | undefined): Promise<void> {
  requireRecord(cli);
  await signNow(cli);
  const { exportLines } = await import('../../governance/audit/export.ts');
  const entries = await withRecord(cli, async (sql) => {
    const lines = counted(exportLines(sql));
    const out = Readable.from(lines.read());
    if (file === undefined) await pipeline(out, process.stdout, { end: false });
    else await writeWhole(file, out);
    return lines.entries();
  });
  const key = await keyOf(cli);
  if (file === undefined) return;
  const command = commandFor(file, key);
  if (cli.out.json) return cli.out.object({ file, entries, key: key ?? null, verify: command });
  cli.out.say(`${entries} entries are in ${file}.`);
  cli.out.say('Anybody verifies them with Node alone, also on another machine:');
  cli.out.say(`  ${command}`);
}

/** Text lines, and how many of them were entries. */
function counted(lines: AsyncIterable<string>) {
  let entries = 0;
  return {
    entries: () => entries,
    read: async function* (): AsyncGenerator<string> {
      for await (const line of lines) {
        if (line.startsWith('{"entry":')) entries += 1;
        yield `${line}\n`;
      }
    },
  };
}

/** The file is there whole or not at all. */
async function writeWhole(file: string, lines: Readable): Promise<void> {
  const draft = `${file}.partial`;
  await pipeline(lines, createWriteStream(draft, { mode: 0o600 }));
  renameSync(draft, file);
}

const commandFor = (file: string, key: string | undefined): string =>
  [
    'node',
    shellWord(join(packageFolder(), 'bin', 'atom-audit-verify.mjs')),
    shellWord(file),
    ...(key === undefined ? [] : ['--key', key]),
  ].join(' ');
