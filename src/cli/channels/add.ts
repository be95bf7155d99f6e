import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Cli } from '../cli.ts';
import { addable, platform } from './platforms.ts';
import { readChannel, type Settings, writeChannel } from './settings.ts';

export interface AddOptions {
  /** Separated by commas. */
  readonly allow?: string;
  readonly group?: string;
  /** Other settings of the channel, each `key=value`. */
  readonly set?: readonly string[];
}

/** Connects a channel: what it needs first, the configuration last. */
export async function addChannel(cli: Cli, name: string, options: AddOptions): Promise<void> {
  const channel = addable(name);
  const { ask, connect, groups } = platform(channel);
  if (options.group !== undefined && groups === undefined)
    throw new AtomError('usage', `${channel} has no groups to name.`);
  const before = await readChannel(cli, channel);
  const given: Settings = {
    ...before,
    enabled: true,
    ...joined('allow', before?.allow, options.allow),
    ...(groups === undefined ? {} : joined(groups, before?.[groups], options.group)),
    ...Object.fromEntries((options.set ?? []).map(setting)),
  };
  const settings = ask === undefined ? given : { ...given, ...(await ask(cli, given)) };
  // Nonsense is refused before anything is stored, fetched or installed.
  await writeChannel(cli, channel, settings);
  const next = await connect(cli).catch(async (refused: unknown) => {
    await writeChannel(cli, channel, before);
    throw refused;
  });
  if (cli.out.json)
    return cli.out.object({ channel, settings: (await readChannel(cli, channel)) ?? settings });
  cli.out.say(`${channel} is added. A running gateway takes it at its next start.`);
  if (!('allow' in settings))
    cli.out.warn(`Nobody may write yet: atom channels add ${channel} --allow <ids>`);
  cli.out.hint(next);
  cli.out.hint(`Undo:   atom channels remove ${channel}`);
}

function joined(key: string, before: Json | undefined, text: string | undefined) {
  const more = (text ?? '')
    .split(/[\s,]+/)
    .map((id) => id.replace(/^\+/, ''))
    .filter((id) => id !== '');
  const known = Array.isArray(before) ? before.map(String) : [];
  const all = [...new Set([...known, ...more])];
  return all.length === 0 ? {} : { [key]: all };
}

/** `port=9000` as a key and a value; what is no JSON is a text. Throws AtomError `usage`. */
function setting(text: string): readonly [string, Json] {
  const [, key, value] = /^([A-Za-z]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined)
    throw new AtomError('usage', 'A setting is a name, "=" and a value.', {
      next: ['Such as:   --set enabled=true'],
    });
  try {
    return [key, JSON.parse(value) as Json];
  } catch {
    return [key, value];
  }
}
