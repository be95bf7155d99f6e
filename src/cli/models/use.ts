import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { checkConfig } from '../../config/check.ts';
import { readRaw, writeRaw } from '../../config/file.ts';
import { loadConfig } from '../../config/load.ts';
import { partsOfModel } from '../../domain/provider.ts';
import { type ModelSettings, placeOf } from '../../llm/place.ts';
import type { Cli } from '../cli.ts';
import { whoRuns } from '../gateway.ts';
import { openSecrets } from '../secrets/open.ts';
import { withShelf } from '../skills/shelf.ts';
import { keyStates } from './key.ts';

export interface Choice {
  /** `profile` gives an agent back what the profile says. */
  readonly model: string;
  readonly agent: string | undefined;
  readonly fallbacks: readonly string[];
}

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
    cli.out.hint('The running gateway takes it at its next start:   atom stop, then atom start');
  await tellKeys(cli, named, models);
}

const ALWAYS: readonly string[] = ['offline', 'profile'];

const inPlace = (fallbacks: readonly string[]): string =>
  fallbacks.length === 0 ? '' : `; where that cannot answer, with ${fallbacks.join(', then ')}`;

async function chooseForProfile(cli: Cli, { model, fallbacks }: Choice): Promise<void> {
  if (model === 'profile')
    throw new AtomError('usage', 'It is an agent that does what the profile says.', {
      next: ['Name one:   atom models use profile --agent <name>'],
    });
  const raw = (await readRaw(cli.paths)) ?? {};
  const { fallbacks: _, ...rest } = raw;
  const next = {
    ...rest,
    model,
    ...(fallbacks.length > 0 && { fallbacks: [...fallbacks] as Json }),
  };
  const checked = checkConfig(next);
  const problem = checked.ok ? undefined : checked.problems.find(({ key }) => isOurs(key));
  if (problem) throw new AtomError('usage', problem.message, { next: ['atom help models'] });
  await writeRaw(cli.paths, next);
}

const isOurs = (key: string): boolean => key === 'model' || /^fallbacks(\.|$)/.test(key);

const chooseForAgent = (
  cli: Cli,
  { agent, model, fallbacks }: Choice & { readonly agent: string },
): Promise<unknown> =>
  withShelf(cli, (gateway) =>
    gateway.request('models.use', {
      ...{ agent, fallbacks: [...fallbacks] },
      ...(model === 'profile' ? {} : { model }),
    }),
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
