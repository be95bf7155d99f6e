import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Outcome } from '../../domain/action.ts';
import type { Rule } from '../../domain/rule.ts';
import { loosened } from '../../governance/rules/loosened.ts';
import type { Methods } from '../kernel.ts';

/** Whoever reaches this socket is the owner, at this terminal. */
export const OWNER = { surface: 'terminal', id: 'owner' } as const;

/** The owner's rules and standing approvals. More rules need nothing; fewer are an act of trust. */
export const ruleMethods = ({
  trust: { rules, standing },
  ownerAct,
  records,
  stand,
}: Atom): Pick<Methods, 'rules.list' | 'rules.reload' | 'standing.give' | 'standing.revoke'> => ({
  'rules.list': async () => ({
    rules: rules.list(),
    standing: await standing.list(),
    secondFactor: await records.factor.enrolled(),
  }),
  'rules.reload': async ({ code }) => {
    const next = await rules.read();
    const gone = loosened(rules.list(), next);
    if (gone.length === 0) await rules.use(next);
    else {
      const act = { action: 'rules.loosen', resource: { rules: next as unknown as Json } };
      refuseUnlessDone(await ownerAct(act, proofOf(code)), gone);
    }
    return { rules: rules.list(), loosened: gone.map(({ name }) => name) };
  },
  'standing.give': async ({ code, ...choice }) => {
    const result = await stand.give(choice, proofOf(code));
    if (result.ok) return { given: result.given };
    throw new AtomError(result.reason === 'wrong-code' ? 'credentials' : 'blocked', result.message);
  },
  'standing.revoke': async ({ id }) => {
    const revoked = await standing.revoke(id);
    if (revoked) return { revoked };
    throw new AtomError('not-found', `There is no standing approval ${id}.`, {
      next: ['See which there are:   atom rules list'],
    });
  },
});

/** What the owner gave at this terminal. */
export const proofOf = (code: string | undefined) => ({
  by: OWNER,
  ...(code === undefined ? {} : { code }),
});

function refuseUnlessDone(outcome: Outcome, gone: readonly Rule[]): void {
  if (outcome.ok) return;
  const names = gone.map(({ name }) => name).join(', ');
  const byRule = outcome.reason === 'policy';
  throw new AtomError(
    byRule ? 'blocked' : 'credentials',
    `The rules stay as they were (${names} would be gone): ${outcome.message}`,
    { next: byRule ? ['Your own rules forbid it while atom runs:   atom stop'] : [] },
  );
}
