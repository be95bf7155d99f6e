import { basename } from 'node:path';
import { visible } from '../../base/visible.ts';
import type { Agent } from '../../domain/agent.ts';
import { type Device, speaksForOwner } from '../../domain/device.ts';
import { offerLine, type StandingApproval } from '../../domain/standing-approval.ts';
import { bad, type Finding, good, note } from '../doctor/finding.ts';

const DAY = 86_400_000;
/** Longer unseen or unused than this, it is more likely forgotten than needed. */
const OLD_DAYS = 30;

/** Programs that run what they are told: followed by any words, they are every command there is. */
const RUNS_ANYTHING =
  /^(ba|da|z|k|fi)?sh$|^(python|perl|ruby|node|deno|bun|php|lua)[\d.]*$|^(env|xargs|sudo|nice|nohup|timeout|find|awk|make|npx|ssh)$/;

/** What was given and still holds: approvals that stand, keys of devices, agents that are asked little. */
export const keptFindings = (
  kept: {
    readonly standing: readonly StandingApproval[];
    readonly devices: readonly Omit<Device, 'connections'>[];
    readonly agents: readonly Pick<Agent, 'name' | 'maturity'>[];
  },
  now: number,
): readonly Finding[] => [
  ...standingFindings(kept.standing, now),
  ...deviceFindings(kept.devices, now),
  ...kept.agents
    .filter(({ maturity }) => maturity === 'autonomous')
    .map(({ name }) =>
      note('agent', `${name} is autonomous`, `Ask more again:   atom agents demote ${name}`),
    ),
];

function standingFindings(standing: readonly StandingApproval[], now: number): readonly Finding[] {
  if (standing.length === 0) return [good('standing', 'no approval stands')];
  return standing.map((one) => {
    const words = `${visible(offerLine(one))} in ${one.jail}, ${one.uses} times used`;
    const end = `Take it back:   atom rules remove ${one.id}`;
    if (one.extent === 'prefix' && RUNS_ANYTHING.test(basename(one.program)))
      return bad('standing', `anything runs without a question: ${words}`, end);
    const unused = days(now - (one.lastUsedAt ?? one.createdAt)) >= OLD_DAYS;
    if (unused) return note('standing', `unused for long: ${words}`, end);
    return one.extent === 'prefix'
      ? note('standing', `whatever the further words: ${words}`, end)
      : good('standing', words);
  });
}

function deviceFindings(
  devices: readonly Omit<Device, 'connections'>[],
  now: number,
): readonly Finding[] {
  const held = devices.filter(({ revokedAt }) => revokedAt === undefined);
  if (held.length === 0) return [good('device', 'nothing else holds a key')];
  return held.map((device) => {
    const { id, name, addedAt, lastSeenAt } = device;
    const unseen = days(now - (lastSeenAt ?? addedAt));
    const may = speaksForOwner(device) ? 'answers approvals' : device.scopes.join(' ');
    const words = `${id} “${visible(name)}” (${may})`;
    return unseen < OLD_DAYS
      ? good('device', words)
      : note(
          'device',
          `${words}, not seen for ${unseen} days`,
          `Revoke it:   atom devices revoke ${id}`,
        );
  });
}

const days = (ms: number): number => Math.floor(ms / DAY);
