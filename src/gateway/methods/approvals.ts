import { seesApproval } from '../../assembly/sight.ts';
import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import type { Approval } from '../../domain/approval.ts';
import { type Caller, deciderOf } from '../../domain/caller.ts';
import { deciderWords } from '../../domain/halt.ts';
import type { Answers } from '../../protocol/answers.ts';
import type { ParsedParams } from '../../protocol/methods.ts';
import { findApproval, pendingApprovals, recentApprovals } from '../../store/tables/approvals.ts';
import { sessionById } from '../../store/tables/sessions.ts';
import type { Methods } from '../kernel.ts';
import { proofOf } from './rules.ts';

const RECENT = 100;

/** Questions to the owner, who answers them at this machine or with a device. */
export const approvalMethods = (
  atom: Atom,
): Pick<Methods, 'approvals.list' | 'approvals.show' | 'approvals.answer'> => {
  const { store, approvals, users } = atom.records;
  const isSeen = (caller: Caller, approval: Approval): boolean =>
    seesApproval(users, caller, approval);
  return {
    'approvals.list': async ({ all }, caller) => {
      const found = await (all ? recentApprovals(store, RECENT) : pendingApprovals(store));
      return { approvals: found.filter((approval) => isSeen(caller, approval)) };
    },
    'approvals.show': async ({ ref }, caller) => {
      const approval = await findApproval(store, ref);
      if (approval && isSeen(caller, approval)) return { approval };
      throw new AtomError('not-found', `There is no approval called ${ref}.`, {
        next: ['See them:   atom approvals list --all'],
      });
    },
    'approvals.answer': async (given, caller) => {
      const { ref, verdict, typed, code: proof, stop, step, reason, ...more } = given;
      if (mayNotStand(given, caller)) return NOT_FROM_AFAR;
      if (verdict === 'approve' && more.stand !== undefined)
        return await standFor(atom, { ref, offer: more.stand, lifetime: more.lifetime }, proof);
      const result = await approvals.answer({
        ref,
        verdict,
        typed,
        step,
        by: deciderOf(caller),
        ...(proof === undefined ? {} : { code: proof }),
        ...(reason === undefined ? {} : { reason }),
      });
      if (!result.ok) return result;
      if (stop) await stopTask(atom, result.approval, caller);
      const { code } = result.approval.card;
      const message = verdict === 'approve' ? `Approved ${code}.` : `Denied ${code}.`;
      return { ok: true, message, approval: result.approval };
    },
  };
};

/** What would be allowed from now on, a device that was left lying about must not decide. */
const mayNotStand = (
  { verdict, stand }: ParsedParams<'approvals.answer'>,
  { surface }: Caller,
): boolean => surface !== 'terminal' && verdict === 'approve' && stand !== undefined;

const NOT_FROM_AFAR = {
  ok: false,
  reason: 'not-here',
  message:
    'What shall hold from now on is said elsewhere: answer it at the terminal, or in a chat of your own.',
} as const;

async function standFor(
  { stand }: Atom,
  choice: Parameters<Atom['stand']['answer']>[0],
  code: string | undefined,
): Promise<Answers['approvals.answer']> {
  const result = await stand.answer(choice, proofOf(code));
  if (!result.ok) return result;
  const { given, approval } = result;
  const end = approval ? 'and approved' : 'but it was decided before';
  const message = `Allowed from now on as ${given.id}, ${end}.`;
  return { ok: true, message, given, ...(approval ? { approval } : {}) };
}

async function stopTask(
  { records, running }: Atom,
  { request }: Approval,
  caller: Caller,
): Promise<void> {
  const id = request.context.session;
  const session = id === undefined ? undefined : await sessionById(records.store, id);
  if (session) running.stop(session.key, deciderWords(deciderOf(caller)));
}
