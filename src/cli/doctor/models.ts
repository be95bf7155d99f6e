import { lookup } from 'node:dns/promises';
import { systemCode } from '../../base/errors.ts';
import { within } from '../../base/wait.ts';
import { loadConfig } from '../../config/load.ts';
import { isHere, type ModelPlace, placeOf } from '../../llm/place.ts';
import type { Cli } from '../cli.ts';
import { openSecrets } from '../secrets/open.ts';
import { type Finding, good, lacksKey, note } from './finding.ts';

const LOOK_MS = 2000;
const TRY = 'Whether it answers:   atom models test';

/**
 * Whether the model, and what is asked in its place, have what they need. A server on this machine is asked
 * for a sign of life; of one elsewhere no more than its address is looked up, and nothing is sent to it.
 */
export async function findModel(cli: Cli): Promise<readonly Finding[]> {
  const { model, fallbacks, models } = await loadConfig(cli.paths, cli.env);
  if (model === 'offline') return [good('model', model)];
  const secrets = openSecrets(cli);
  return Promise.all(
    [model, ...fallbacks].map(async (one) => {
      const place = placeOf(one, models);
      const secret = `${place.provider}.key`;
      if (place.needsKey && (await secrets.get(secret)) === undefined)
        return lacksKey('model', `${one} has no key`, `Store it:   atom secrets set ${secret}`);
      return (
        (await farFinding(one, place)) ??
        good('model', `${one}; whether it answers:   atom models test`)
      );
    }),
  );
}

/** What keeps it from being reached, as far as that shows from here. */
async function farFinding(one: string, { baseUrl }: ModelPlace): Promise<Finding | undefined> {
  const { hostname } = new URL(baseUrl);
  if (isHere(baseUrl)) {
    if (await answers(baseUrl)) return undefined;
    return note(
      'model',
      `${one} cannot be reached: nobody answers at ${baseUrl}`,
      'Start that server, or choose another model:   atom models use offline',
      TRY,
    );
  }
  const why = await whyUnknown(hostname);
  if (why === undefined) return undefined;
  const words = `${one} cannot be reached: ${hostname} is not found (${why})`;
  return note('model', words, 'Check the network.', TRY);
}

/** Whatever it answers: one that refuses is there. */
const answers = (baseUrl: string): Promise<boolean> =>
  fetch(`${baseUrl}/models`, { signal: AbortSignal.timeout(LOOK_MS), redirect: 'manual' }).then(
    () => true,
    () => false,
  );

const whyUnknown = (hostname: string): Promise<string | undefined> =>
  within(LOOK_MS, 'the name server', lookup(hostname.replace(/^\[|\]$/g, ''))).then(
    () => undefined,
    (error: unknown) => systemCode(error) ?? 'no answer',
  );
