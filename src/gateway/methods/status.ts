import type { Atom } from '../../atom.ts';
import type { SkillListing } from '../../domain/skill-trust.ts';
import { recordStatus } from '../../governance/audit/how-signed.ts';
import type { Status } from '../../protocol/status.ts';
import { agentById, allAgents } from '../../store/tables/agents.ts';
import { pendingApprovals } from '../../store/tables/approvals.ts';
import { outboxDepth } from '../../store/tables/outbox.ts';
import { spoolDepth } from '../../store/tables/spool.ts';
import type { Network } from '../network/network.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import { channelStatus } from './channel-status.ts';
import { circuitStatus } from './circuit-status.ts';

export interface StatusDeps {
  readonly atom: Atom;
  readonly startedAt: number;
  readonly stopping: () => boolean;
  readonly network: Pick<Network, 'status'>;
  readonly webhooks: Pick<Webhooks, 'status'>;
}

/** Everything `atom status` shows. */
export async function readStatus({
  atom,
  startedAt,
  stopping,
  network,
  webhooks,
}: StatusDeps): Promise<Status> {
  const { options, records, jails, skills, running, halt } = atom;
  const { paths, version, config } = options;
  await skills.loaded();
  const halted = halt.current();
  const agent = await agentById(records.store, 'atom');
  return {
    profile: paths.profile,
    version,
    pid: process.pid,
    startedAt,
    stopping: stopping(),
    ...(halted === undefined ? {} : { halted }),
    usage: await atom.usage(),
    socket: paths.socket,
    network: network.status(),
    webhooks: { ...webhooks.status(), channels: [...atom.channels.hooks().keys()] },
    agent: {
      name: agent?.name ?? 'atom',
      maturity: agent?.maturity ?? 'student',
      model: config.model,
    },
    agents: (await allAgents(records.store)).map(({ name, maturity, paused }) => ({
      name,
      maturity,
      paused,
    })),
    jail: await jails.status(),
    jails: jails.list(),
    jailsWaiting: jails.waiting(),
    channels: await channelStatus(atom),
    skills: readySkills(skills.shelf.list()),
    doubts: (await atom.doubts.codes()).length,
    circuits: await circuitStatus(atom),
    spool: await spoolDepth(records.store),
    outbox: await outboxDepth(records.store),
    approvals: (await pendingApprovals(records.store)).map(({ card }) => card),
    secondFactor: await records.factor.status(),
    record: await recordStatus(records.store),
    running: running.keys(),
    memoryBytes: process.memoryUsage.rss(),
  };
}

/** The same that `atom skills list` calls ready. */
const readySkills = (listings: readonly SkillListing[]): Status['skills'] =>
  listings
    .filter(({ state }) => state === 'ready')
    .map(({ id, skills }) => ({ name: id, description: skills[0]?.description ?? '' }));
