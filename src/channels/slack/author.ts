import type { Answer } from './api.ts';
import type { Me } from './me.ts';
import { isPerson } from './place.ts';

const TEAM = /^[TE][A-Z0-9]{2,31}$/;

/**
 * The id that somebody is known by: that of Slack, and behind it, as in `U1@T2`, the workspace that they are
 * from where it is another than ours. Slack says that ids of people are theirs within a workspace alone, and
 * in a channel of Slack Connect two of them meet; so whoever is named in the settings is ours. Undefined
 * where nobody is named. Source: docs.slack.dev/apis/slack-connect.
 */
export function authorOf(user: string, teams: readonly unknown[], me: Me): string | undefined {
  if (!isPerson(user)) return undefined;
  const from = teams.find((team) => typeof team === 'string' && team !== '');
  if (from === undefined || from === me.team) return user;
  return TEAM.test(String(from)) ? `${user}@${from}` : undefined;
}

/** Where the author of a message is from, the surest first; in a shared channel it has to be said. */
export const teamsOf = ({
  user_team,
  source_team,
  team,
  is_ext_shared_channel: isShared,
}: Answer): readonly unknown[] => [user_team, source_team, team, isShared === true && 'unsaid'];
