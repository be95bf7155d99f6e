import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import {
  isStandardSecret,
  newStandardSecret,
} from '../../channels/signatures/standard-webhooks.ts';
import { loadConfig } from '../../config/load.ts';
import type { Cli } from '../cli.ts';
import { type Finding, good, lacksKey } from '../doctor/finding.ts';
import { openSecrets } from '../secrets/open.ts';
import type { Connected, Platform } from './platform.ts';
import type { Settings } from './settings.ts';

/** What is said of one program; the rest is of the channel. */
const OF_SOURCE: readonly string[] = ['role', 'session', 'agent', 'url'];

/** One program more, or other words about one that is there: `--set source=deploys --set role=member`. */
function merge(before: Settings | undefined, given: Settings): Settings {
  const { source: name, ...more } = given;
  const known = Array.isArray(before?.sources) ? (before.sources as readonly Settings[]) : [];
  const told = Object.entries(more).filter(([key]) => OF_SOURCE.includes(key));
  const rest = Object.entries(more).filter(([key]) => !OF_SOURCE.includes(key));
  if (typeof name !== 'string' && (told.length > 0 || (known.length === 0 && !('sources' in more))))
    throw new AtomError('usage', 'Name the program that is to post.', {
      next: ['Such as:   atom channels add webhook --set source=deploys'],
    });
  const own = known.find((one) => one.name === name);
  const added: readonly Json[] =
    typeof name === 'string' ? [{ ...own, name, ...Object.fromEntries(told) }] : [];
  const sources = [...known.filter((one) => one.name !== name), ...added];
  return { ...before, sources, ...Object.fromEntries(rest) };
}

/** Makes the secrets that are missing. They are shown this once. */
async function connect(cli: Cli): Promise<Connected> {
  const { channels, webhooks } = await loadConfig(cli.paths, cli.env);
  const secrets = openSecrets(cli);
  const shown: Record<string, string> = {};
  for (const name of secretNames(channels.webhook)) {
    if ((await secrets.get(name)) !== undefined) continue;
    shown[name] = newStandardSecret();
    await secrets.set(name, shown[name]);
  }
  const at = webhooks.publicUrl ?? `http://${webhooks.host}:${webhooks.port}`;
  return { shown, next: `Then:   atom start, and post to ${at}/hooks/webhook` };
}

const secretNames = (
  settings: Awaited<ReturnType<typeof loadConfig>>['channels']['webhook'],
): readonly string[] =>
  (settings?.sources ?? []).flatMap(({ name, url }) => [
    `webhook.${name}`,
    ...(url === undefined ? [] : [`webhook.${name}.out`]),
  ]);

async function forget(cli: Cli): Promise<string> {
  const secrets = openSecrets(cli);
  const all = (await secrets.list()).map(({ name }) => name);
  for (const name of all) if (name.startsWith('webhook.')) await secrets.remove(name);
  return 'What the programs still post is refused from the next start on.';
}

async function find(cli: Cli): Promise<readonly Finding[]> {
  const { channels } = await loadConfig(cli.paths, cli.env);
  const secrets = openSecrets(cli);
  const wrong: Finding[] = [];
  for (const name of secretNames(channels.webhook)) {
    const secret = await secrets.get(name);
    if (secret !== undefined && isStandardSecret(secret)) continue;
    const what = secret === undefined ? 'has no secret' : 'cannot use the secret';
    wrong.push(lacksKey('webhook', `${what} ${name}`, `Store it:   atom secrets set ${name}`));
  }
  const programs = channels.webhook?.sources.map(({ name, role }) => `${name} (${role})`) ?? [];
  return wrong.length > 0 ? wrong : [good('webhook', `posts of ${programs.join(', ')}`)];
}

/** Programs that post. */
export const webhook: Platform = { namesNobody: true, merge, connect, forget, find };
