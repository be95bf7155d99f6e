import { visible } from '../../base/visible.ts';
import type { Cli } from '../cli.ts';
import { bad, type Finding } from './finding.ts';
import { onRecordedStore } from './recorded-store.ts';

/** Agents that may do more by the database than the record knows of. */
export const findAgents = ({ paths }: Pick<Cli, 'paths'>): Promise<readonly Finding[]> =>
  onRecordedStore(paths.database, async (store) => {
    const { widenedAgents } = await import('../../governance/conduct/on-record.ts');
    return (await widenedAgents(store)).map(({ agent, from, to }) =>
      bad(
        'agents',
        `${visible(agent)} is ${from} in the database, and the record knows it as ${to} only: somebody changed it past atom`,
        `Take it back to ${to}:   atom start   (atom restart where it runs)`,
        'See what the record knows:   atom audit list --kind agent.promoted',
      ),
    );
  });
