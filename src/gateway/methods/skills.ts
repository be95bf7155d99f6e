import { wordForNo } from '../../assembly/not-done.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import type { SkillListing } from '../../domain/skill-trust.ts';
import type { Methods } from '../kernel.ts';
import { OWNER, proofOf } from './rules.ts';

type Names = Extract<keyof Methods, `skills.${string}`>;

/** Compiling and describing all of them anew, on a slow machine. */
const LOOK_MS = 60_000;
/** All tests of one skill together. */
const TEST_MS = 120_000;
const soon = (): AbortSignal => AbortSignal.timeout(LOOK_MS);

/** Which skills may be used. Whoever reaches this socket is the owner. */
export const skillMethods = ({
  skills: { shelf, loaded, test },
  ownerAct,
}: Atom): Pick<Methods, Names> => ({
  'skills.list': async () => {
    await loaded();
    return { skills: await shelf.reload(soon()) };
  },
  'skills.show': async ({ id }) => ({ plan: await shelf.plan(id, soon()) }),
  'skills.check': async ({ folder }) => ({ plan: await shelf.check(folder, soon()) }),
  'skills.trust': async ({ id, digest, code }) => {
    const resource = { skill: id, digest, by: `${OWNER.surface}/${OWNER.id}` };
    const outcome = await ownerAct({ action: 'skill.trust', resource }, proofOf(code));
    const skill = shelf.list().find((one) => one.id === id);
    if (outcome.ok && skill) return { skill };
    const message = outcome.ok ? 'it is gone' : outcome.message;
    const word = outcome.ok ? 'blocked' : wordForNo(outcome);
    throw new AtomError(word, `${id} was not approved: ${message}`);
  },
  'skills.test': async ({ id }) => ({ results: await test(id, AbortSignal.timeout(TEST_MS)) }),
  'skills.turn': async ({ id, on }) => {
    await loaded();
    return { changed: await shelf.turn(id, on, soon()) };
  },
  'skills.forget': async ({ id }) => {
    await shelf.forget(id, soon());
    return { forgotten: true };
  },
  'skills.run': async ({ skill, input, code }) => {
    await loaded();
    refuseUnready(shelf.list(), skill);
    const act = { action: 'skill.call', resource: { skill, input } };
    return { outcome: await ownerAct(act, proofOf(code)) };
  },
});

/** Says why one is not run that is there. */
function refuseUnready(listings: readonly SkillListing[], name: string): void {
  const named = listings.filter(
    ({ id, skills }) => id === name || skills.some((one) => one.name === name),
  );
  const [first] = named;
  if (!first || named.some(({ state }) => state === 'ready')) return;
  const { id, state, why = '' } = first;
  if (state === 'waiting')
    throw new AtomError('blocked', `${id} waits for your approval: ${why}.`, {
      next: [`atom skills approve ${id}`],
    });
  if (state === 'off')
    throw new AtomError('blocked', `${id} is off.`, { next: [`atom skills enable ${id}`] });
  throw new AtomError('blocked', `${id} is broken: ${why}`);
}
