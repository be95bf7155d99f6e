import type { SkillNeeds } from '../../domain/text-skill.ts';
import { parseYaml } from './parse-yaml.ts';

/** Programs that keep their own part in `metadata`, the one that is meant for most first. */
const PARTS = ['atom', 'openclaw', 'clawdbot', 'moltbot', 'clawd'];

const NOTHING: SkillNeeds = { programs: [], oneOf: [], env: [], settings: [], systems: [] };

/**
 * What `metadata` says that a skill needs: `metadata.openclaw.requires` with `bins`, `anyBins`, `env` and
 * `config`, and `os`. Read as it is found: a map, JSON in one line, JSON in a text, or `requires` right in
 * `metadata`. Undefined where there is something that cannot be read, so that nobody takes it for nothing.
 */
export function readNeeds(metadata: unknown): SkillNeeds | undefined {
  const all = unfolded(metadata);
  if (all === undefined || all === '') return NOTHING;
  if (!(all instanceof Map)) return undefined;
  const part = unfolded(
    PARTS.map((name) => all.get(name)).find((found) => found !== undefined) ?? all,
  );
  if (!(part instanceof Map)) return undefined;
  const requires = unfolded(part.get('requires')) ?? new Map();
  if (!(requires instanceof Map)) return undefined;
  const needs = {
    programs: textsIn(requires.get('bins')),
    oneOf: textsIn(requires.get('anyBins')),
    env: textsIn(requires.get('env')),
    settings: textsIn(requires.get('config')),
    systems: textsIn(part.get('os')),
  };
  // What is there whatever else is missing is only held to its systems.
  return part.get('always') === 'true' ? { ...NOTHING, systems: needs.systems } : needs;
}

/** A list of texts, or one text with its parts set apart. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(/[\s,]+/).filter((text) => text !== '');
  if (!Array.isArray(value)) return [];
  return value.filter((item) => typeof item === 'string' && item.trim() !== '');
}

/** JSON that was written as a text is one more layer. */
function unfolded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*\{/.test(value)) return value;
  const document = parseYaml(value);
  // It stays the text that it is, which is no map.
  const isWrong = document.errors.length > 0 || /[&*]/.test(value);
  return isWrong ? value : document.toJS({ mapAsMap: true, maxAliasCount: 0 });
}
