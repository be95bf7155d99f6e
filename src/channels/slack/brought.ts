import { type Answer, isRecord } from './api.ts';
import type { Me } from './me.ts';

/** What Slack brings, by whichever way it comes. */
export type Brought =
  | { readonly kind: 'event'; readonly payload: Answer }
  | { readonly kind: 'interaction'; readonly payload: Answer }
  | { readonly kind: 'command'; readonly form: URLSearchParams };

/**
 * True for what an installation of the same app in another workspace brings: it is signed alike, and ids of
 * people are only fixed within their own workspace. What is installed for a whole organization has one token
 * for all of them. Source: docs.slack.dev/apis/events-api#authorizations.
 */
export function isElsewhere(brought: Brought, { team }: Me): boolean {
  const { teams, isOrganization } = placesOf(brought);
  const known = teams.filter((one) => typeof one === 'string');
  return !isOrganization && team.startsWith('T') && known.length > 0 && !known.includes(team);
}

interface Places {
  readonly teams: readonly unknown[];
  readonly isOrganization: boolean;
}

function placesOf(brought: Brought): Places {
  if (brought.kind === 'command') {
    const { form } = brought;
    const named = form.get('team_id') ?? undefined;
    return { teams: [named], isOrganization: form.get('is_enterprise_install') === 'true' };
  }
  const { team, team_id, context_team_id, authorizations, is_enterprise_install } = brought.payload;
  const installed: readonly Answer[] = [authorizations].flat().filter(isRecord);
  return {
    teams: [
      ...[isRecord(team) ? team.id : undefined, team_id, context_team_id],
      ...installed.map((one) => one.team_id),
    ],
    isOrganization:
      is_enterprise_install === true || installed.some((one) => one.is_enterprise_install === true),
  };
}
