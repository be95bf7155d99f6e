import { AtomError } from '../../base/errors.ts';
import { CARD_PATH } from '../../channels/a2a/card.ts';
import { hashOfToken, newToken } from '../../channels/a2a/remote.ts';
import { loadConfig } from '../../config/load.ts';
import type { Cli } from '../cli.ts';
import { type Finding, good, lacksKey } from '../doctor/finding.ts';
import { openSecrets } from '../secrets/open.ts';
import type { Connected, Platform } from './platform.ts';
import type { Settings } from './settings.ts';

/** One agent elsewhere more: `--set remote=partner --set agent=writer`, who is exposed with that. */
function merge(before: Settings | undefined, given: Settings): Settings {
  const { remote: name, agent, ...rest } = given;
  const known = Array.isArray(before?.remotes) ? (before.remotes as readonly Settings[]) : [];
  if (typeof name !== 'string' && known.length === 0 && !('remotes' in rest))
    throw new AtomError('usage', 'Name the agent that is to speak to yours.', {
      next: ['Such as:   atom a2a add partner'],
    });
  const own = known.find((one) => one.name === name);
  const told = typeof agent === 'string' ? { agent } : {};
  const added = typeof name === 'string' ? [{ ...own, name, ...told }] : [];
  const remotes = [...known.filter((one) => one.name !== name), ...added];
  const exposed = Array.isArray(before?.agents) ? before.agents : [];
  const agents = [...new Set([...exposed, ...(typeof agent === 'string' ? [agent] : [])])];
  return { ...before, remotes, ...(agents.length === 0 ? {} : { agents }), ...rest };
}

const secretOf = (name: string): string => `a2a.${name}`;

/** Makes the tokens that are missing. They are shown this once; their hashes are kept. */
async function connect(cli: Cli): Promise<Connected> {
  const { channels, webhooks } = await loadConfig(cli.paths, cli.env);
  const secrets = openSecrets(cli);
  const shown: Record<string, string> = {};
  for (const { name } of channels.a2a?.remotes ?? []) {
    if ((await secrets.get(secretOf(name))) !== undefined) continue;
    shown[`token of ${name}`] = newToken();
    await secrets.set(secretOf(name), hashOfToken(shown[`token of ${name}`] ?? ''));
  }
  const at = webhooks.publicUrl ?? `http://${webhooks.host}:${webhooks.port}`;
  return { shown, next: `Then:   atom start. Its card is at ${at}${CARD_PATH}` };
}

async function forget(cli: Cli): Promise<string> {
  const secrets = openSecrets(cli);
  const all = (await secrets.list()).map(({ name }) => name);
  for (const name of all) if (name.startsWith(secretOf(''))) await secrets.remove(name);
  return 'What they still send is refused from the next start on.';
}

async function find(cli: Cli): Promise<readonly Finding[]> {
  const { channels } = await loadConfig(cli.paths, cli.env);
  const secrets = openSecrets(cli);
  const wrong: Finding[] = [];
  const names = (channels.a2a?.remotes ?? []).map(({ name }) => name);
  for (const name of names)
    if ((await secrets.get(secretOf(name))) === undefined)
      wrong.push(lacksKey('a2a', `has no token of ${name}`, `Make one:   atom a2a add ${name}`));
  return wrong.length > 0 ? wrong : [good('a2a', `${names.join(', ')}, as guests`)];
}

/** Agents of other people. */
export const a2a: Platform = { namesNobody: true, merge, connect, forget, find };
