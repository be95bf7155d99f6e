import type { ApprovalForm } from '../../domain/approval-form.ts';
import { type Answer, isRecord } from './api.ts';

/** A form as Slack shows it; `data` comes back with what was typed. Source: docs.slack.dev/surfaces/modals. */
export const modalOf = ({ title, fields }: ApprovalForm, data: string): Answer => ({
  type: 'modal',
  callback_id: 'approve',
  private_metadata: data,
  title: plain(title),
  submit: plain('Approve'),
  close: plain('Back'),
  blocks: fields.map(({ id, label, most }) => ({
    type: 'input',
    block_id: id,
    label: plain(label),
    element: { type: 'plain_text_input', action_id: 'typed', max_length: most },
  })),
});

/** What was typed, by field. */
export function typedIn({ state }: Answer): Readonly<Partial<Record<'code' | 'proof', string>>> {
  const values = isRecord(state) && isRecord(state.values) ? state.values : {};
  const read = (field: string): string => {
    const block = values[field];
    const typed = isRecord(block) ? block.typed : undefined;
    return isRecord(typed) && typeof typed.value === 'string' ? typed.value : '';
  };
  return { code: read('code'), proof: read('proof') };
}

const plain = (text: string) => ({ type: 'plain_text', text }) as const;
