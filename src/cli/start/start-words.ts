import type { StartOptions } from './start-options.ts';

/** What follows `atom start`, read. */
export interface StartWords {
  readonly flags: { readonly json: boolean; readonly profile?: string };
  readonly options: StartOptions;
}

const SWITCHES = ['--headless', '--json-logs', '--setup', '--watch-skills', '--json'] as const;
type Switch = (typeof SWITCHES)[number];

const isSwitch = (word: string): word is Switch => SWITCHES.some((known) => known === word);

/** Reads what programs start a gateway with; undefined where anything else is said, which the program is for. */
export function readStartWords([command, ...words]: readonly string[]): StartWords | undefined {
  const given = command === 'start' ? sorted(words) : undefined;
  if (given === undefined) return undefined;
  const { switches, profile, lifeline } = given;
  return {
    flags: {
      json: switches.has('--json'),
      ...(profile === undefined ? {} : { profile }),
    },
    options: {
      headless: switches.has('--headless'),
      jsonLogs: switches.has('--json-logs'),
      setup: switches.has('--setup'),
      watchSkills: switches.has('--watch-skills'),
      ...(lifeline === undefined ? {} : { lifeline: Number(lifeline) }),
    },
  };
}

interface Sorted {
  readonly switches: ReadonlySet<Switch>;
  profile?: string;
  lifeline?: string;
}

function sorted(words: readonly string[]): Sorted | undefined {
  const switches = new Set<Switch>();
  const given: Sorted = { switches };
  const rest = words.values();
  for (const word of rest) {
    if (isSwitch(word)) {
      switches.add(word);
      continue;
    }
    const value = rest.next().value ?? '';
    if (word === '--lifeline' && /^\d+$/.test(value)) given.lifeline = value;
    else if (word === '--profile' && /^[^-]/.test(value)) given.profile = value;
    else return undefined;
  }
  return given;
}
