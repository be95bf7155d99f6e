import { CAREFUL_WINDOW } from '../domain/completion.ts';
import type { ModelSettings } from './place.ts';

/**
 * How many tokens models take, by the beginning of their names; the longest that fits counts. Looked up on
 * 2026-11-27 in pages of the providers and of those who resell them (support.claude.com, docs.oxen.ai,
 * docs.uipath.com). Where a family takes more for a higher price, the lower number stands here, and the newest
 * of a family is taken to hold no less than the one before.
 */
const WINDOWS: Readonly<Record<string, number>> = {
  'claude-': 200_000,
  'gpt-4o': 128_000,
  'gpt-4.1': 1_000_000,
  'gpt-5': 272_000,
  'gpt-6': 272_000,
  o3: 200_000,
  'o4-mini': 200_000,
  'gemini-': 1_000_000,
};

/** The window of a model by its id, `provider/model`: the owner's own word for its provider, else the list. */
export function windowOfModel(id: string, models: ModelSettings): number {
  const slash = id.indexOf('/');
  const [provider, model] = [id.slice(0, slash), id.slice(slash + 1)];
  const given = Object.hasOwn(models, provider) ? models[provider]?.window : undefined;
  if (given !== undefined) return given;
  // A reseller's name has the maker's in front.
  const name = model.slice(model.lastIndexOf('/') + 1);
  const known = Object.keys(WINDOWS)
    .filter((beginning) => name.startsWith(beginning))
    .toSorted((a, b) => b.length - a.length)[0];
  return (known === undefined ? undefined : WINDOWS[known]) ?? CAREFUL_WINDOW;
}
