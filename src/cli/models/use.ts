import { START_ANEW } from '../../base/hint.ts';
import { loadConfig } from '../../config/load.ts';
import { partsOfModel } from '../../domain/provider.ts';
import { type ModelSettings, placeOf } from '../../llm/place.ts';
import { withCode } from '../ask/with-code.ts';
import type { Cli } from '../cli.ts';
import { whoRuns } from '../gateway.ts';
import { openSecrets } from '../secrets/open.ts';
import { withShelf } from '../skills/shelf.ts';
import { keyStates } from './key.ts';
import { type Choice, chooseForProfile } from './use-profile.ts';

/** Chooses what the profile, or one agent, thinks with. What cannot be reached, or is no model, is refused. */
export async function chooseModel(cli: Cli, choice: Choice): Promise<void> {
  const { models } = await loadConfig(cli.paths, cli.env);
  const named = [choice.model, ...choice.fallbacks].filter((one) => !ALWAYS.includes(one));
  for (const one of named) placeOf(one, models);
  const { agent, model, fallbacks } = choice;
  if (agent === undefined) await chooseForProfile(cli, choice);
  else await chooseForAgent(cli, { ...choice, agent });
  if (cli.out.json) return cli.out.object({ agent: agent ?? null, model, fallbacks });
  const who = agent ?? 'The profile';
  const words = model === 'profile' ? 'what the profile says' : model;
  cli.out.say(`${who} thinks with ${words}${inPlace(fallbacks)}.`);
  if (agent === undefined && (await whoRuns(cli)) !== undefined)
    cli.out.hint(`The running gateway takes it at its next start:   ${START_ANEW}`);
  await tellKeys(cli, named, models);
}

const ALWAYS: readonly string[] = ['offline', 'profile'];

const inPlace = (fallbacks: readonly string[]): string =>
  fallbacks.length === 0 ? '' : `; where that cannot answer, with ${fallbacks.join(', then ')}`;

const chooseForAgent = (
  cli: Cli,
  { agent, model, fallbacks, totpStdin }: Choice & { readonly agent: string },
): Promise<unknown> =>
  withShelf(cli, (gateway) =>
    withCode(cli, totpStdin, (proof) =>
      gateway.request('models.use', {
        agent,
        fallbacks: [...fallbacks],
        ...proof,
        ...(model === 'profile' ? {} : { model }),
      }),
    ),
  );

/** It is chosen all the same: the key may come later. */
async function tellKeys(
  cli: Cli,
  named: readonly string[],
  settings: ModelSettings,
): Promise<void> {
  const providers = [...new Set(named.map((one) => partsOfModel(one).provider))];
  for (const [provider, key] of await keyStates(openSecrets(cli), providers, settings))
    if (key === 'missing')
      cli.out.hint(`There is no key for ${provider} yet:   atom secrets set ${provider}.key`);
  const [first] = named;
  if (first !== undefined) cli.out.hint(`Try it:   atom models test ${first}`);
}
