import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `look` reads a file; `act` writes its token once; `ask` does the same, and the owner is asked first. `bid` does
 * what `act` does, in words that only a model understands.
 */
export type Kind = 'look' | 'act' | 'ask' | 'bid';

/** The file of the jail that effects are written to. */
export const EFFECTS = 'effects.txt';

const WORDS: Readonly<Record<Kind, (token: string) => string>> = {
  look: (token) => `show me ${token}.txt`,
  act: (token) => `/run ${acting(token)}`,
  bid: (token) => `Please take care of ${token} for me`,
  // Code of an interpreter: nothing takes back what it does, so the owner types the code of its card.
  ask: (token) =>
    `/run perl -e 'open F, ">>${EFFECTS}"; print F "${token}\\n"; print "${token}\\n"'`,
};

/** What is to be said to the bot. A file that a look will find is there first. */
export function wordsFor(kind: Kind, token: string, jail: string): string {
  if (kind === 'look') writeFileSync(join(jail, `${token}.txt`), `${token}\n`);
  return WORDS[kind](token);
}

/** A command that shows when it is done twice, and prints its token. */
export const acting = (token: string): string => `echo ${token} | tee -a ${EFFECTS}`;
