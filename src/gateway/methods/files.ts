import { wordForNo } from '../../assembly/not-done.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import type { Methods } from '../kernel.ts';
import { proofOf } from './rules.ts';

/** Files that count as strangers' words, made the owner's own. Whoever reaches this socket is the owner. */
export const filesMethods = ({
  trust: { files },
  ownerAct,
}: Atom): Pick<Methods, 'files.show' | 'files.trust'> => ({
  'files.show': async ({ paths }) => ({ plan: await files.plan(paths) }),
  'files.trust': async ({ paths, plan, code }) => {
    const act = { action: 'files.trust', resource: { paths, plan } };
    const outcome = await ownerAct(act, proofOf(code));
    if (outcome.ok) return outcome.value as { readonly lifted: readonly string[] };
    throw new AtomError(wordForNo(outcome), `Nothing is trusted that was not: ${outcome.message}`);
  },
});
