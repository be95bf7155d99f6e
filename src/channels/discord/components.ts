import type { APIMessageTopLevelComponent } from '@discordjs/core';
import { capped } from '../../base/capped.ts';
import type { Button } from '../../domain/message.ts';

/** discord.com/developers/docs/components/reference: five rows of five buttons, 25 options, 80 and 100 units. */
const MOST_ROWS = 5;
const MOST_IN_ROW = 5;
const MOST_OPTIONS = 25;
const MOST_LABEL = 80;
const MOST_OPTION = 100;

const ROW = 1;
const BUTTON = 2;
const SELECT = 3;
const GREY = 2;

/** What a list to choose from is called, whose chosen value is what a button would carry. */
export const PICK = 'pick';

/** The buttons of a message, as buttons or, where there are too many, as a list to choose from. */
export function componentsOf(
  buttons: readonly (readonly Button[])[],
): readonly APIMessageTopLevelComponent[] {
  const rows = buttons.filter(({ length }) => length > 0);
  const fits = rows.length <= MOST_ROWS && rows.every(({ length }) => length <= MOST_IN_ROW);
  if (fits)
    return rows.map((row) => ({
      type: ROW,
      components: row.map(({ label, data }) => ({
        type: BUTTON,
        style: GREY,
        label: capped(label, MOST_LABEL),
        custom_id: data,
      })),
    }));
  const options = rows
    .flat()
    .slice(0, MOST_OPTIONS)
    .map(({ label, data }) => ({ label: capped(label, MOST_OPTION), value: data }));
  return [{ type: ROW, components: [{ type: SELECT, custom_id: PICK, options }] }];
}
