import { clockTime } from '../../base/clock.ts';
import { loadConfig } from '../../config/load.ts';
import type { Config } from '../../config/schema.ts';
import { partsOfModel } from '../../domain/provider.ts';
import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';
import { openSecrets } from '../secrets/open.ts';
import { type KnownModel, knownModels, type ListedProvider, listedProviders } from './known.ts';
import { findLocalServers } from './local-servers.ts';
import { readUses } from './uses.ts';

/** Providers and their keys, the models that are known, what each costs, and who thinks with it. */
export async function listModels(cli: Cli): Promise<void> {
  const [config, servers] = await Promise.all([loadConfig(cli.paths, cli.env), findLocalServers()]);
  const { uses, circuits } = await readUses(cli, config);
  const facts = { settings: config.models, servers, uses, circuits };
  const providers = await listedProviders(openSecrets(cli), facts);
  const models = knownModels(facts, providers);
  const { model, fallbacks, limits } = config;
  if (cli.out.json) return cli.out.object({ model, fallbacks, providers, models });
  const heads = [['PROVIDER', 'KEY', 'WHERE', 'STATE'], ...providers.map(providerRow)];
  for (const line of table(heads)) cli.out.data(line);
  cli.out.data('');
  const head = ['MODEL', `${limits.currency}/M IN`, 'OUT', 'USED BY'];
  for (const line of table([head, ...models.map(modelRow)])) cli.out.data(line);
  hint(cli, config, providers);
}

const providerRow = ({ name, key, baseUrl, state }: ListedProvider): readonly string[] => [
  ...[name, key, baseUrl],
  state.state === 'closed'
    ? 'ok'
    : `left alone until ${clockTime(state.until)}: ${state.reason}`.slice(0, 80),
];

const modelRow = ({ id, price, usedBy }: KnownModel): readonly string[] => [
  id,
  ...(price === undefined ? ['?', '?'] : [String(price.input), String(price.output)]),
  usedBy.join(', '),
];

function hint(cli: Cli, { model }: Config, providers: readonly ListedProvider[]): void {
  const { provider } = partsOfModel(model);
  const missing = providers.find(({ name, key }) => name === provider && key === 'missing');
  if (missing) cli.out.hint(`Its key is missing:   atom secrets set ${provider}.key`);
  const offered = providers.find(({ offers }) => offers.length > 0);
  const other = offered && offered.name !== provider ? offered : undefined;
  if (other)
    cli.out.hint(`Found on this machine:   atom models use ${other.name}/${other.offers[0]}`);
  else cli.out.hint('Choose one:   atom models use <provider/model>');
}
