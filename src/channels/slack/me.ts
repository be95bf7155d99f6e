import { capped } from '../../base/capped.ts';
import { SendError } from '../../domain/channel.ts';
import type { CallSlack } from './api.ts';
import { isPerson } from './place.ts';

/** Who we are in a workspace, as `auth.test` says. */
export interface Me {
  readonly user: string;
  readonly name: string;
  readonly team: string;
  readonly teamName: string;
}

/** Asks who the token is. Throws SendError. */
export async function introduce(call: CallSlack, signal: AbortSignal): Promise<Me> {
  const said = await call('auth.test', {}, signal);
  const [user, name, team, teamName] = [said.user_id, said.user, said.team_id, said.team].map(
    (value) => (typeof value === 'string' ? capped(value, 128) : ''),
  ) as [string, string, string, string];
  if (isPerson(user)) return { user, name, team, teamName };
  throw new SendError({ kind: 'later', reason: 'Slack does not say who this token is' });
}

/** `(T1/U1)` is what the link to our direct chat is made of. */
export const identityOf = ({ name, teamName, team, user }: Me): string =>
  `@${name} in ${teamName} (${team}/${user})`;
