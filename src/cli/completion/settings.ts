import { settingsSchema } from '../../config/json-schema.ts';
import type { Known, Values } from './words.ts';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Every setting by its dotted key, with what it may be where that are a few words. */
function settings(schema: Schema, prefix = ''): readonly (readonly [string, Values])[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const key = `${prefix}${name}`;
    return inner.properties === undefined
      ? [[key, wordsOf(inner)] as const]
      : settings(inner, `${key}.`);
  });
}

function wordsOf({ type, enum: choices }: Schema): Values {
  if (type === 'boolean') return ['true', 'false'];
  return (choices ?? []).filter((one) => typeof one === 'string');
}

/** The settings as words below the commands that take one, and what each of them may be set to. */
export function settingPlaces(): Known['more'] {
  const all = settings(settingsSchema() as Schema);
  const keys = all.map(([word]) => ({ word, says: '' }));
  return [
    ...['get', 'set', 'unset'].map((verb) => ({
      path: `config ${verb}`,
      commands: keys,
      args: [],
    })),
    ...all.map(([key, values]) => ({
      path: `config set ${key}`,
      commands: [],
      args: [values],
    })),
  ];
}
