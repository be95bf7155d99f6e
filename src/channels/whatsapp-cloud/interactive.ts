import type { Button } from '../../domain/message.ts';

/** Limits of developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages and -list-messages. */
const MOST_BUTTONS = 3;
const MOST_ROWS = 10;
const BUTTON_TITLE = 20;
const ROW_TITLE = 24;
export const MOST_BODY = 1024;

/**
 * The buttons below a text, as WhatsApp can show them: three, or a list of ten behind one. Undefined where it
 * can not: the text is longer than may stand above them, or there are more.
 */
export function interactiveOf(
  text: string,
  buttons: readonly Button[],
): Readonly<Record<string, unknown>> | undefined {
  if (text.length > MOST_BODY || buttons.length > MOST_ROWS) return undefined;
  const body = { text };
  if (buttons.length <= MOST_BUTTONS)
    return {
      type: 'button',
      body,
      action: {
        buttons: titled(buttons, BUTTON_TITLE).map((reply) => ({ type: 'reply', reply })),
      },
    };
  return {
    type: 'list',
    body,
    action: { button: 'Choose', sections: [{ rows: titled(buttons, ROW_TITLE) }] },
  };
}

/** Titles that fit, and of which no two are the same: Meta refuses those. */
function titled(buttons: readonly Button[], most: number) {
  const labels = buttons.map(({ label }) => fitting(label, most));
  return buttons.map(({ label, data: id }, at) => {
    const title = labels[at] ?? '';
    const isTwice = labels.indexOf(title) !== labels.lastIndexOf(title);
    return { id, title: isTwice ? fitting(`${at + 1} ${label}`, most) : title };
  });
}

function fitting(label: string, most: number): string {
  const text = label.trim() === '' ? '…' : label.trim();
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}
