import { z } from 'zod';
import { visible } from '../base/visible.ts';

/** What a run left that a person should know of, as results carry it. */
export const leftShape = {
  quarantined: z.array(z.string()).optional(),
  notes: z.array(z.string()).optional(),
  contacts: z
    .object({ refused: z.array(z.object({ host: z.string(), why: z.string() })) })
    .optional(),
} as const;

const MOST_NAMED = 10;

/** The same in lines: what was moved out of the jail, then the rest. */
export const leftText = ({
  quarantined = [],
  notes = [],
  contacts,
}: {
  readonly quarantined?: readonly string[] | undefined;
  readonly notes?: readonly string[] | undefined;
  readonly contacts?: Contacts | undefined;
}): readonly string[] => [
  ...(quarantined.length === 0 ? [] : [movedText(quarantined)]),
  ...notes.map(visible),
  ...(contacts?.refused ?? []).slice(0, MOST_NAMED).map(refusedText),
];

type Contacts = z.output<NonNullable<typeof leftShape.contacts>>;

const refusedText = ({ host, why }: { readonly host: string; readonly why: string }): string =>
  `Not reached: ${visible(host)} (${visible(why)})`;

function movedText(paths: readonly string[]): string {
  const named = paths.slice(0, MOST_NAMED).map(visible).join(', ');
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : '';
  return `Moved out of the jail, because other programs would run it: ${named}${more} — see: atom quarantine list`;
}
