import { z } from 'zod';
import { addressOf, digitsIn, uuidIn } from './ids.ts';
import type { Session } from './session.ts';

const statuses = z.array(z.object({ recipient: z.string(), uuid: z.string().nullish() }));

/**
 * The uuids of those who are listed by their numbers, which may pass to somebody else. What signal-cli does
 * not tell stays a number. `said`: what came of each, in words.
 */
export async function fixedIds(
  { wire, account }: Session,
  listed: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly ids: readonly string[]; readonly said: readonly string[] }> {
  const numbers = listed.filter((id) => digitsIn(id) !== undefined).map(addressOf);
  if (numbers.length === 0) return { ids: listed, said: [] };
  const answer = await wire
    .call('getUserStatus', { ...account, recipient: numbers }, signal)
    .catch(() => undefined);
  const { data = [] } = statuses.safeParse(answer);
  const uuids = new Map(data.map(({ recipient, uuid }) => [recipient, uuidIn(uuid)]));
  return {
    ids: [...new Set(listed.map((id) => uuids.get(addressOf(id)) ?? id))],
    said: numbers.map((number) => {
      const uuid = uuids.get(number);
      return uuid === undefined
        ? `${number} is known by its number alone: signal-cli did not tell its uuid.`
        : `${number} is known by its uuid from now on: ${uuid}.`;
    }),
  };
}
