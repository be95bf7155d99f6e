import { capped } from '../../base/capped.ts';
import type { Button } from '../../domain/message.ts';
import { namedBy } from '../../governance/approvals/callback.ts';

/** Source: docs.slack.dev/reference/block-kit: 25 buttons a block, labels of 75, values of 2000 characters. */
const MOST_BUTTONS = 25;
const MOST_LABEL = 75;

/** The buttons of a message, a block for each row. */
export const actionBlocks = (rows: readonly (readonly Button[])[]): readonly object[] =>
  rows
    .filter(({ length }) => length > 0)
    .map((row, rowAt) => ({
      type: 'actions',
      block_id: `row${rowAt}`,
      elements: row.slice(0, MOST_BUTTONS).map((button, at) => element(button, `b${at}`)),
    }));

function element({ label, data }: Button, action_id: string): object {
  const verb = namedBy(data)?.verb;
  return {
    type: 'button',
    action_id,
    value: data,
    text: plain(capped(label, MOST_LABEL)),
    ...(verb === 'yes' && { style: 'primary' }),
    ...(verb === 'stop' && { style: 'danger', confirm: STOP }),
  };
}

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false }) as const;

const STOP = {
  title: plain('Deny and stop?'),
  text: plain('What runs for this request is ended.'),
  confirm: plain('Deny & stop'),
  deny: plain('Back'),
  style: 'danger',
};

/** Words in the one place where Slack has no other kind: what notifications show. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
