import { newId } from '../../base/ids.ts';
import { channels as table } from '../../channels/registry.ts';
import { isStandardSecret } from '../../channels/signatures/standard-webhooks.ts';
import type { Source } from '../../channels/webhook/source.ts';
import type { AtomOptions } from '../parts.ts';
import type { MakePlatform } from './configured.ts';

type Settings = NonNullable<AtomOptions['config']['channels']['webhook']>['sources'][number];

/** Programs that post, where any are named. One whose secrets are of no use is left out, and told of. */
export const webhook: MakePlatform = async ({ config, secrets, clock, log }) => {
  const settings = config.channels.webhook;
  if (!settings?.enabled) return [];
  const { facts } = table.webhook;
  const all = await Promise.all(settings.sources.map((one) => withSecrets(secrets, one)));
  const sources = all.flatMap((found) => ('source' in found ? [found.source] : []));
  const missing = all.flatMap((found) => ('why' in found ? [found.why] : []));
  for (const why of missing) log.part('webhook').error(why);
  const [first] = missing;
  if (sources.length === 0 && first !== undefined)
    return [{ facts, health: { state: 'failed', reason: first } }];
  const { create } = await table.webhook.load();
  const channel = create({ sources, clock, newId: () => newId() });
  return [{ facts, channel, health: { state: 'starting' } }];
};

/** A program with its secrets, or why it can neither be heard nor answered. */
async function withSecrets(
  secrets: AtomOptions['secrets'],
  { name, session = name, url }: Settings,
): Promise<{ readonly source: Source } | { readonly why: string }> {
  const secret = await secrets.get(`webhook.${name}`);
  const out = url === undefined ? undefined : await secrets.get(`webhook.${name}.out`);
  if (secret === undefined || (url !== undefined && out === undefined))
    return {
      why: `no secret of ${name} is stored: atom channels add webhook --set source=${name}`,
    };
  const wrong = [
    ...(isStandardSecret(secret) ? [] : [`webhook.${name}`]),
    ...(out === undefined || isStandardSecret(out) ? [] : [`webhook.${name}.out`]),
  ];
  if (wrong.length > 0)
    return {
      why: `${name} is left out: what is stored as ${wrong.join(' and ')} is no secret of Standard Webhooks (whsec_…): atom secrets set ${wrong[0]}`,
    };
  return {
    source: {
      name,
      secret,
      session,
      ...(url === undefined || out === undefined ? {} : { out: { url, secret: out } }),
    },
  };
}
