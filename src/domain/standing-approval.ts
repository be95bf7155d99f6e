import { shellWord } from '../base/shell-word.ts';
import { visible } from '../base/visible.ts';

/** What a standing approval would answer, to the letter: it is offered exactly as it would be kept. */
export interface Offer {
  /** Id of the agent. */
  readonly agent: string;
  readonly action: string;
  /** Name of the jail; a standing approval never reaches beyond one. */
  readonly jail: string;
  /** What the jail lets a command reach, in words: `work (read-write, no network)`. */
  readonly access: string;
  /** Absolute real path of the folder that it runs in. */
  readonly folder: string;
  /** `channel/sender` of the message that must have led to the request. */
  readonly sender: string;
  /** Real path of the program. */
  readonly program: string;
  /** Token by token, the program first as it is called: exactly these, or these and then others. */
  readonly words: readonly string[];
  readonly extent: 'exact' | 'prefix';
}

/**
 * A yes that stands: it answers what would otherwise be asked, for exactly what it says, and the
 * decision is taken again. Times are milliseconds since 1970.
 */
export interface StandingApproval extends Offer {
  readonly id: string;
  /** `surface/id` of who gave it. */
  readonly by: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt?: number;
  readonly uses: number;
}

/** How long one may stand, in milliseconds. */
export const lifetimes = { '1h': 3_600_000, '30d': 30 * 86_400_000 } as const;
export type Lifetime = keyof typeof lifetimes;
export const lifetimeWords: Readonly<Record<Lifetime, string>> = {
  '1h': '1 hour',
  '30d': '30 days',
};

/** The words of an offer as they would be typed; `…` stands for one or more further words. */
export const offerLine = ({ words, extent }: Offer): string =>
  [...words.map(shellWord), ...(extent === 'prefix' ? ['…'] : [])].join(' ');

/** Everything that an offer holds to besides its words, one thing an entry, safe to draw. */
export const offerScope = (offer: Offer): readonly string[] => [
  ...(offer.extent === 'prefix' ? ['… is any words but options and ways out of the folder'] : []),
  `program ${visible(offer.program)}`,
  `in ${visible(offer.folder)}`,
  `jail ${visible(offer.access)}`,
  `asked by ${visible(offer.sender)}`,
  `agent ${visible(offer.agent)}`,
];
