import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { Bus } from '../bus/bus.ts';
import type { Perform } from '../domain/action.ts';
import type { SkillListing } from '../domain/skill-trust.ts';

export interface SkillQuestionDeps {
  readonly bus: Bus;
  readonly log: Log;
  readonly performAsSystem: Perform;
}

/** Whoever writes a skill saves it often: after the first look nothing may change for so long. */
const QUIET_MS = 5000;
/** As many as the desk of the owner takes from one asker. */
const AT_ONCE = 3;

type Waiting = SkillListing & { readonly digest: string };

/**
 * Puts a card to the owner for each skill that waits, where nobody looks at it already: at a start, and as
 * soon as a watched folder is quiet. What lies there otherwise by now, or was approved elsewhere, is withdrawn.
 * A no holds for exactly what was shown; what nobody answered is asked again at the next start. Returns how
 * to stop.
 */
export function startSkillQuestions({
  bus,
  log,
  performAsSystem,
}: SkillQuestionDeps): () => Promise<void> {
  const open = new Map<string, AbortController>();
  const asked = new Set<string>();
  const under = new Set<Promise<void>>();
  let quietMs = 0;
  let waiting: readonly Waiting[] = [];
  /** What waited at the last look that nobody took. */
  let due: readonly Waiting[] = [];
  let soon: NodeJS.Timeout | undefined;
  const ask = async ({ id, digest }: Waiting): Promise<void> => {
    const stop = new AbortController();
    open.set(digest, stop);
    asked.add(digest);
    const { signal } = stop;
    const order = { action: 'skill.trust', resource: { skill: id, digest } };
    // The same each time, so that a no is remembered.
    const context = { event: `skill:${digest}` };
    const outcome = await performAsSystem({ id: newId(), ...order, context }, { signal });
    open.delete(digest);
    if (!outcome.ok) log.info(`the skill ${id} was not approved by its card: ${outcome.reason}`);
    askAll();
  };
  const askAll = (): void => {
    const still = new Set(waiting.map(({ digest }) => digest));
    const next = due.filter(({ digest }) => still.has(digest) && !asked.has(digest));
    for (const one of next.slice(0, Math.max(0, AT_ONCE - open.size))) {
      const work = ask(one)
        .catch((error: unknown) => log.error(`a skill was not asked about: ${String(error)}`))
        .finally(() => under.delete(work));
      under.add(work);
    }
  };
  const stopLooking = bus.on('skills.looked', ({ listings, unasked }) => {
    waiting = listings.filter(isWaiting);
    for (const [digest, stop] of open)
      if (!waiting.some((one) => one.digest === digest)) stop.abort();
    if (!unasked) return;
    due = waiting;
    clearTimeout(soon);
    soon = setTimeout(askAll, quietMs).unref();
    quietMs = QUIET_MS;
  });
  return async () => {
    stopLooking();
    clearTimeout(soon);
    waiting = [];
    for (const stop of open.values()) stop.abort();
    await Promise.all(under);
  };
}

const isWaiting = (listing: SkillListing): listing is Waiting =>
  listing.state === 'waiting' && listing.digest !== undefined;
