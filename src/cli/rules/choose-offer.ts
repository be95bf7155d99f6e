import { AtomError } from '../../base/errors.ts';
import type { Card } from '../../domain/card.ts';
import { type Lifetime, lifetimeWords } from '../../domain/standing-approval.ts';
import { createAsker } from '../ask/asker.ts';
import { askCode } from '../ask/code.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { exactly } from '../out/plain.ts';
import { offerRows } from './words.ts';

/** What the owner said on the command line. */
export interface StandWish {
  readonly lifetime: Lifetime;
  /** Which of the offers, counted from 1. */
  readonly offer?: number;
  readonly totpStdin: boolean;
}

/**
 * The offer of a card that shall stand, counted from 0: the only one, the one that was named, or the one
 * that a person picks. Shows each exactly as it will be kept. Throws AtomError `blocked` where there is
 * none.
 */
export async function chooseOffer(cli: Cli, card: Card, wish: StandWish): Promise<number> {
  const offers = card.offers ?? [];
  if (offers.length === 0)
    throw new AtomError(
      'blocked',
      `${card.code} is asked about every time: nothing can stand for it.`,
      {
        next: [`Let it run once:   atom approvals approve ${card.code}`],
      },
    );
  if (!cli.out.json) {
    cli.out.say(`To allow for ${lifetimeWords[wish.lifetime]}, exactly as it will be kept:`);
    for (const [at, offer] of offers.entries())
      offerRows(exactly(offer, cli.out)).forEach((row, n) => {
        cli.out.say(`  ${n === 0 ? at + 1 : ' '}  ${row}`);
      });
  }
  if (wish.offer !== undefined) return named(wish.offer, offers.length);
  return offers.length === 1 ? 0 : await picked(cli, offers.length);
}

function named(offer: number, count: number): number {
  if (Number.isInteger(offer) && offer >= 1 && offer <= count) return offer - 1;
  throw new AtomError('usage', `There is no offer ${offer}`, {
    next: [`Name one from 1 to ${count}.`],
  });
}

async function picked(cli: Cli, count: number): Promise<number> {
  requirePerson(cli, 'There is more than one way to allow this', 'Name one:   --offer 1');
  const asker = createAsker();
  try {
    return named(Number(await asker.line(`Which one, 1 to ${count}? `)), count);
  } finally {
    asker.close();
  }
}

/** A code of the second factor where one is enrolled. */
export const proofFor = async (
  cli: Cli,
  { secondFactor }: { readonly secondFactor: boolean },
  { totpStdin }: StandWish,
): Promise<{ readonly code?: string }> =>
  secondFactor ? { code: await askCode(cli, totpStdin) } : {};
