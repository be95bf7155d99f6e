import { SendError } from '../../domain/channel.ts';
import { capped } from '../telegram/capped.ts';
import type { CallSlack } from './api.ts';
import type { Me } from './events.ts';
import { isPerson } from './place.ts';

/** Asks who the token is. Throws SendError. */
export async function introduce(call: CallSlack, signal: AbortSignal): Promise<Me> {
  const said = await call('auth.test', {}, signal);
  const [user, name, team, teamName] = [said.user_id, said.user, said.team_id, said.team].map(
    (value) => (typeof value === 'string' ? capped(value, 128) : ''),
  ) as [string, string, string, string];
  if (isPerson(user)) return { user, name, team, teamName };
  throw new SendError({ kind: 'later', reason: 'Slack does not say who this token is' });
}
