import type { Intent } from '../../domain/action.ts';
import type { Principal } from '../../domain/agent.ts';
import { cleanLabels } from '../../domain/label.ts';
import type { GovernorDeps } from '../governor-deps.ts';
import { type Refused, refused } from '../request.ts';

/** What a turn that a guest began may do. */
const CHAT: ReadonlySet<string> = new Set(['llm.complete', 'message.reply']);

/**
 * The gate of people: an agent does nothing for whoever is not known (any more), and only talks for a
 * guest, however mature it is. Who asks is looked up at the event that led here, as things are now.
 * Resolves to why not; undefined where it may go on to the other gates.
 */
export async function chatGate(
  { role }: Pick<GovernorDeps, 'role'>,
  principal: Principal,
  { action, context }: Intent,
): Promise<Refused | undefined> {
  if (principal.kind !== 'agent') return undefined;
  const asking = await role(context);
  if (asking === 'owner' || asking === 'member') return undefined;
  if (asking === 'guest' && CHAT.has(action)) return undefined;
  return {
    ...refused('blocked', asking === 'guest' ? GUEST : NOBODY),
    // Atom's own words, the same each time: they tell nobody anything.
    from: { labels: cleanLabels },
  };
}

const GUEST =
  'You are a guest here: I may talk with you and do nothing else for you. The owner can change that.';
const NOBODY = 'Nobody who is known to me asked for this (any more), so it was not done.';
