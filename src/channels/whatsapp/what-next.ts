import type { Backoff } from '../../base/backoff.ts';
import { NEVER_BEGUN } from './child/never-begun.ts';

/** What to do once a connection ended, and why, in words. */
export type Next =
  | { readonly do: 'restart'; readonly words: string }
  | {
      readonly do: 'retry';
      readonly backoff: Backoff;
      readonly attempt: number;
      readonly words: string;
    }
  /** Forgets the sessions with other devices, keeps the link, and tries again. */
  | {
      readonly do: 'heal';
      readonly backoff: Backoff;
      readonly attempt: number;
      readonly words: string;
    }
  /** The link is void: its keys are forgotten, and the owner links again. */
  | { readonly do: 'relink'; readonly words: string }
  /** Nothing that could be tried by itself would help. */
  | { readonly do: 'stop'; readonly words: string };

/** How it went lately. */
export interface History {
  /** Connections in a row that ended before they had lasted a minute, this one too. */
  readonly inRow: number;
  /** How many of the last hour ended with this code, this one too. */
  readonly same: number;
  /** How this one ended, in its own words. */
  readonly words: string;
}

const NETWORK: Backoff = { firstMs: 2000, capMs: 60_000 };
/** Never faster than every half minute: whoever took the connection over may be a second atom. */
const REPLACED: Backoff = { firstMs: 60_000, capMs: 300_000 };
const MOST_RESTARTS = 5;
const MOST_REPLACED = 5;
const MOST_REFUSED_VERSIONS = 3;
const HEAL_AFTER = 3;
const RELINK_AFTER = 6;
const MOST_UNKNOWN = 10;
const MOST_NEVER_BEGUN = 3;

/**
 * What follows from the code that a connection ended with (Baileys' DisconnectReason, which are
 * WhatsApp's own). Only an outage is tried for ever, at most once a minute; everything else ends with
 * the owner.
 */
export function whatNext(code: number, history: History): Next {
  const { inRow, same } = history;
  const retry = (words: string, backoff = NETWORK): Next => ({
    do: 'retry',
    backoff,
    attempt: inRow,
    words,
  });
  switch (code) {
    case NEVER_BEGUN:
      return same <= MOST_NEVER_BEGUN
        ? retry(`the program that speaks WhatsApp did not start (${history.words})`)
        : { do: 'stop', words: neverBegunWords(history.words) };
    case 515:
      // Normal right after linking, and whenever the server wants it.
      return same <= MOST_RESTARTS
        ? { do: 'restart', words: 'WhatsApp asked for a new connection' }
        : retry('WhatsApp asks for new connections again and again');
    case 401:
      return { do: 'relink', words: 'the phone has logged this device out' };
    case 403:
      return {
        do: 'stop',
        words: 'WhatsApp has blocked this account (403). Look at WhatsApp on the phone',
      };
    case 411:
      return { do: 'stop', words: 'the phone has no linked devices turned on (411)' };
    case 405:
      return same <= MOST_REFUSED_VERSIONS
        ? retry('WhatsApp does not take this version of its protocol (405)')
        : {
            do: 'stop',
            words:
              'WhatsApp does not take this version of its protocol any more (405). Update atom',
          };
    case 440:
      return same <= MOST_REPLACED
        ? retry('another program took this connection over (440)', REPLACED)
        : {
            do: 'stop',
            words:
              'another program uses this very link again and again (440). Stop it, or link anew: atom channels login whatsapp',
          };
    case 500:
      return badSession(history);
    case 408:
    case 428:
    case 503:
      return retry(`the connection to WhatsApp ended (${code})`);
    default:
      return same <= MOST_UNKNOWN
        ? retry(`the connection to WhatsApp ended (${code})`)
        : { do: 'stop', words: `WhatsApp ends every connection with ${code}` };
  }
}

function badSession({ inRow, same }: History): Next {
  const step = { backoff: NETWORK, attempt: inRow };
  if (same >= RELINK_AFTER)
    return { do: 'relink', words: 'what is kept of the link does not work any more (500)' };
  return same >= HEAL_AFTER
    ? {
        do: 'heal',
        ...step,
        words: 'sessions with other devices are broken (500); making new ones',
      }
    : { do: 'retry', ...step, words: 'WhatsApp reported a bad session (500)' };
}

/** How an attempt to link ended that linked nothing. */
export function unlinkedWords({
  code,
  words,
}: {
  readonly code: number;
  readonly words: string;
}): string {
  if (code === NEVER_BEGUN) return neverBegunWords(words);
  return code === 408
    ? 'nobody took a code in time, or WhatsApp cannot be reached (408)'
    : `nothing was linked (${code})`;
}

/** What to do about a process that cannot begin; `how` it ended. */
const neverBegunWords = (how: string): string =>
  `the program that speaks WhatsApp does not start here (${how}). See what is wrong with its jail:   atom doctor   Install its library anew:   atom channels remove whatsapp, then add it again`;
