import type { Card } from './card.ts';
import { typedAnswer } from './typed-answer.ts';

/** What is asked for in a form of a channel that has them, to approve a card that needs more than a tap. */
export interface ApprovalForm {
  readonly title: string;
  readonly fields: readonly FormField[];
}

export interface FormField {
  readonly id: 'code' | 'proof';
  readonly label: string;
  /** Most characters. */
  readonly most: number;
}

/** What the button carries that opens the form of a card. It decides nothing: what is typed does. */
export const formData = ({ code, factor }: Pick<Card, 'code' | 'factor'>): string =>
  `form:${factor}:${code}`;

/** The form that a button opens; undefined where it carries anything else. */
export function formIn(data: string): ApprovalForm | undefined {
  const asked = askedIn(data);
  if (asked === undefined) return undefined;
  const { code, factor } = asked;
  const fields: readonly FormField[] = [{ id: 'code', label: `Type ${code}`, most: 16 }, PROOF];
  return { title: `Approve ${code}`, fields: factor === 'totp' ? fields : fields.slice(0, 1) };
}

const PROOF: FormField = { id: 'proof', label: 'The six digits of your authenticator', most: 32 };

/**
 * The typed answer that was given in the form which `data` opened: `ok k7p2 123456`. Undefined where it is
 * none, and then what was typed goes nowhere.
 */
export function answerInForm(
  data: string,
  typed: Readonly<Partial<Record<FormField['id'], string>>>,
): string | undefined {
  const asked = askedIn(data);
  if (asked === undefined) return undefined;
  const proof = asked.factor === 'totp' ? (typed.proof ?? '') : '';
  const text = `ok ${(typed.code ?? '').trim().toLowerCase()} ${proof}`.trim();
  const answer = typedAnswer(text);
  const isProven = (answer?.proof !== undefined) === (asked.factor === 'totp');
  const isPlain = answer?.stand === undefined && answer?.step === undefined;
  return answer?.code === asked.code && isProven && isPlain ? text : undefined;
}

function askedIn(data: string): Pick<Card, 'code' | 'factor'> | undefined {
  const [, factor, code] = /^form:(typed|totp):([a-z0-9]{4})$/.exec(data) ?? [];
  return factor === undefined || code === undefined
    ? undefined
    : { factor: factor as 'typed' | 'totp', code };
}
