import type { AtomError } from '../../base/errors.ts';
import { failureFor } from '../../base/hint.ts';
import { newId } from '../../base/ids.ts';
import { visible } from '../../base/visible.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import { checkLength } from '../../domain/message-length.ts';
import type { StandChoice } from '../../domain/typed-answer.ts';
import type { Head } from '../card/armed.ts';
import { type Row, row } from '../text/spans.ts';

/** What went wrong and what to do, as rows. */
export const failureRows = ({ message, next }: AtomError): readonly Row[] => [
  row(visible(message), 'danger'),
  ...next.map((step) => row(`  ${visible(step)}`)),
];

/** The same of what a gateway was asked, the steps for its profile. */
export const errorRows = ({ hello }: Pick<Gateway, 'hello'>, thrown: unknown): readonly Row[] =>
  failureRows(failureFor(hello.profile, thrown));

/** Sends a message; resolves to rows that say why it did not go, or to nothing. */
export async function say(gateway: Gateway, text: string): Promise<readonly Row[]> {
  try {
    checkLength(text);
    await gateway.request('chat.send', { text, key: newId() });
    return [];
  } catch (thrown) {
    return [...errorRows(gateway, thrown), row('Your message was not sent.', 'caution')];
  }
}

export interface Verdict {
  readonly head: Head;
  readonly verdict: 'approve' | 'deny';
  readonly stop: boolean;
  /** Of the second factor. */
  readonly code?: string;
  /** Of several like requests only the first. */
  readonly step?: boolean;
  readonly stand?: StandChoice;
}

/** Answers a card; resolves to rows that say why that did not count, or to nothing. */
export async function answer(
  gateway: Gateway,
  { head, verdict, stop, code, step, stand }: Verdict,
): Promise<readonly Row[]> {
  if (head.person !== undefined) return answerPerson(gateway, head, verdict, code);
  const typed = head.factor !== 'tap' && verdict === 'approve';
  const proof = code === undefined ? {} : { code };
  try {
    const taken = await gateway.request('approvals.answer', {
      ref: head.id,
      verdict,
      typed,
      stop,
      ...(step ? { step } : {}),
      ...(stand === undefined ? {} : { stand: stand.offer, lifetime: stand.lifetime }),
      ...proof,
    });
    return taken.ok ? [] : [row(visible(taken.message), 'caution')];
  } catch (thrown) {
    return errorRows(gateway, thrown);
  }
}

/** Lets somebody in as what their card says, or refuses them. */
async function answerPerson(
  gateway: Gateway,
  { id: ref, person: role }: Head,
  verdict: Verdict['verdict'],
  code: string | undefined,
): Promise<readonly Row[]> {
  try {
    if (verdict === 'deny') await gateway.request('senders.deny', { ref });
    else
      await gateway.request('senders.approve', {
        ref,
        role,
        ...(code === undefined ? {} : { code }),
      });
    return [];
  } catch (thrown) {
    return errorRows(gateway, thrown);
  }
}
