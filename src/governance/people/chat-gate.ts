import type { Intent } from '../../domain/action.ts';
import type { Principal } from '../../domain/agent.ts';
import { cleanLabels } from '../../domain/label.ts';
import type { Role } from '../../domain/role.ts';
import type { GovernorDeps } from '../governor-deps.ts';
import { type Refused, refused } from '../request.ts';

/** What a turn that a guest began may do. */
const CHAT: ReadonlySet<string> = new Set(['llm.complete', 'message.reply']);

/**
 * The gate of people: an agent does nothing for whoever is not known (any more) or has agents of their own that
 * it is none of, and only talks for a guest, however mature it is. Who asks is looked up at the event that led here, as things are now.
 * Resolves to why not; undefined where it may go on to the other gates.
 */
export async function chatGate(
  { role, worksFor }: Pick<GovernorDeps, 'role' | 'worksFor'>,
  principal: Principal,
  { action, context }: Intent,
): Promise<Refused | undefined> {
  if (principal.kind !== 'agent') return undefined;
  const why =
    whyNot(await role(context), action) ??
    // It may still say that it is another's.
    (action === 'message.reply' || (await worksFor(principal.id, context)) ? undefined : ANOTHERS);
  if (why === undefined) return undefined;
  return {
    ...refused('blocked', why),
    // Atom's own words, the same each time: they tell nobody anything.
    from: { labels: cleanLabels },
  };
}

function whyNot(asking: Role | undefined, action: string): string | undefined {
  if (asking === 'owner' || asking === 'member') return undefined;
  if (asking !== 'guest') return NOBODY;
  return CHAT.has(action) ? undefined : GUEST;
}

const ANOTHERS =
  'I am none of your agents, so I do nothing for you. Send /agent to see who is, or ask the owner.';
const GUEST =
  'You are a guest here: I may talk with you and do nothing else for you. The owner can change that.';
const NOBODY = 'Nobody who is known to me asked for this (any more), so it was not done.';
