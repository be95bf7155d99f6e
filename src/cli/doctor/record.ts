import { existsSync } from 'node:fs';
import type { Verification } from '../../governance/audit/verification.ts';
import { keysToTrust, type LeaveOut, ownCheckpoints } from '../audit/evidence.ts';
import type { Cli } from '../cli.ts';
import { bad, type Finding, good, note } from './finding.ts';

/** More than this takes longer to check than a look may. */
const MOST_ENTRIES = 100_000;

/** Whether the record is whole, on a connection that cannot write. */
export async function findRecord(cli: Cli): Promise<readonly Finding[]> {
  const { paths } = cli;
  if (!existsSync(paths.database)) return [];
  const [{ openStore }, { verifyAudit }] = await Promise.all([
    import('../../store/open.ts'),
    import('../../governance/audit/verify.ts'),
  ]);
  const store = await openStore({ file: paths.database, readOnly: true });
  try {
    const row = await store.get('SELECT count(*) AS entries FROM audit');
    const entries = Number(row?.entries);
    if (entries > MOST_ENTRIES) {
      return [
        note('record', `${entries} entries, not checked here`, 'Check it:   atom audit verify'),
      ];
    }
    const left: Finding[] = [];
    const leave: LeaveOut = (what) => {
      left.push(note('record', `held together without ${what}, which cannot be looked at`));
    };
    const trusted = await keysToTrust(cli, [], leave);
    const outside = await ownCheckpoints(cli, leave);
    const result = await verifyAudit(store, { trusted, outside });
    if (result.ok) return [...soundWords(result), ...left];
    return [
      ...left,
      bad(
        'record',
        `was tampered with: ${result.problem}. The ${result.entries} entries before it hold.`,
        'See all there is to tell:   atom audit verify',
        'Put a copy back:   atom backup list',
      ),
    ];
  } finally {
    await store.close();
  }
}

function soundWords({
  entries,
  signed,
  key,
  remarks,
}: Extract<Verification, { readonly ok: true }>): readonly Finding[] {
  const by = key === undefined ? '' : `, ${signed} signed by the key ${key}`;
  return [
    good('record', `${entries} entries, unbroken${by}`),
    ...(key === undefined ? [] : remarks.map((words) => note('record', words))),
  ];
}
