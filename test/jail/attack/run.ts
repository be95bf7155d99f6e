// npm run jail:attack [-- --table FILE] [--weak]: tries to break out of real jails, as root and as an
// ordinary user, and ends non-zero where anything did.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tryApprovals } from './approvals.ts';
import { runRounds } from './rounds.ts';
import { readRows } from './rows.ts';
import { summaryOf, tableOf } from './table.ts';
import { isBad } from './verdict.ts';

const given = process.argv.flatMap((word, at) =>
  word === '--table' ? [process.argv[at + 1] ?? ''] : [],
);
const shared = resolve(import.meta.dirname, '../../../../shared/jail/escapes.tsv');
const usual = [shared, join(import.meta.dirname, 'escapes.tsv')].filter(existsSync);
const tables = given.length > 0 ? given.map((path) => resolve(path)) : usual;

const rounds = await runRounds({ tables, weak: process.argv.includes('--weak') });
const cards = { who: 'cards', verdicts: await tryApprovals(tables.flatMap(readRows)) };
const all = [...rounds, ...(cards.verdicts.length > 0 ? [cards] : [])];
console.log([...tableOf(rounds), '', ...tableOf([cards]).slice(1), ''].join('\n'));
for (const round of all) console.log(summaryOf(round));
process.exitCode = all.some(({ verdicts }) => verdicts.some(isBad)) ? 1 : 0;
