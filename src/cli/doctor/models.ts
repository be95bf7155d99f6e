import { loadConfig } from '../../config/load.ts';
import { placeOf } from '../../llm/place.ts';
import type { Cli } from '../cli.ts';
import { openSecrets } from '../secrets/open.ts';
import { bad, type Finding, good } from './finding.ts';

/** Whether the model, and what is asked in its place, have what they need. Nothing is sent to them. */
export async function findModel(cli: Cli): Promise<readonly Finding[]> {
  const { model, fallbacks, models } = await loadConfig(cli.paths, cli.env);
  if (model === 'offline') return [good('model', model)];
  const secrets = openSecrets(cli);
  return Promise.all(
    [model, ...fallbacks].map(async (one) => {
      const { provider, needsKey } = placeOf(one, models);
      const secret = `${provider}.key`;
      if (!needsKey || (await secrets.get(secret)) !== undefined) return good('model', one);
      return bad('model', `${one} has no key`, `Store it:   atom secrets set ${secret}`);
    }),
  );
}
