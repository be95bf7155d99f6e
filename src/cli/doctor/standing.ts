import { visible } from '../../base/visible.ts';
import type { Cli } from '../cli.ts';
import { bad, type Finding } from './finding.ts';
import { onRecordedStore } from './recorded-store.ts';

/** Standing approvals of the database that the record does not know, or knows as something else. */
export const findStanding = ({ paths }: Pick<Cli, 'paths'>): Promise<readonly Finding[]> =>
  onRecordedStore(paths.database, async (store) => {
    const { unknownStanding } = await import('../../governance/standing/on-record.ts');
    return (await unknownStanding(store)).map(({ id, program }) =>
      bad(
        'standing',
        `the standing approval ${visible(id)} (${visible(program)}) is in the database, and the record does not know it like that: somebody changed it past atom`,
        'Take it out:   atom start   (atom restart where it runs)',
        'See what was given:   atom audit list --kind standing.given',
      ),
    );
  });
