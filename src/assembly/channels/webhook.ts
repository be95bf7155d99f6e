import { newId } from '../../base/ids.ts';
import { channels as table } from '../../channels/registry.ts';
import type { Source } from '../../channels/webhook/source.ts';
import type { AtomOptions } from '../parts.ts';
import type { MakePlatform } from './configured.ts';

type Settings = NonNullable<AtomOptions['config']['channels']['webhook']>['sources'][number];

/** Programs that post, where any are named. One without a secret is left out, and told of. */
export const webhook: MakePlatform = async ({ config, secrets, clock, log }) => {
  const settings = config.channels.webhook;
  if (!settings?.enabled) return [];
  const { facts } = table.webhook;
  const all = await Promise.all(settings.sources.map((one) => withSecrets(secrets, one)));
  const sources = all.filter((source) => source !== undefined);
  const missing = settings.sources.filter(({ name }) => !sources.some((one) => one.name === name));
  for (const { name } of missing) log.part('webhook').error(NO_SECRET(name));
  const [first] = missing;
  if (sources.length === 0 && first !== undefined)
    return [{ facts, health: { state: 'failed', reason: NO_SECRET(first.name) } }];
  const { create } = await table.webhook.load();
  const channel = create({ sources, clock, newId: () => newId() });
  return [{ facts, channel, health: { state: 'starting' } }];
};

const NO_SECRET = (name: string): string =>
  `no secret of ${name} is stored: atom channels add webhook --set source=${name}`;

async function withSecrets(
  secrets: AtomOptions['secrets'],
  { name, session = name, url }: Settings,
): Promise<Source | undefined> {
  const secret = await secrets.get(`webhook.${name}`);
  const out = await secrets.get(`webhook.${name}.out`);
  if (secret === undefined || (url !== undefined && out === undefined)) return undefined;
  return {
    ...{ name, secret, session },
    ...(url === undefined || out === undefined ? {} : { out: { url, secret: out } }),
  };
}
