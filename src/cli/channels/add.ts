import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Cli } from '../cli.ts';
import { addable, platform } from './named.ts';
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
  const channel = addable(cli, name);
  const { ask, connect, groups, merge = beside, namesNobody = false } = platform(channel);
  if (options.group !== undefined && groups === undefined)
    throw new AtomError('usage', `${channel} has no groups to name.`);
  const before = await readChannel(cli, channel);
  if (options.allow !== undefined && namesNobody)
    throw new AtomError('usage', `Nobody is allowed on ${channel} by an id.`, {
      next: ['How it works:   atom help channels'],
    });
  const given = merge(before, {
    enabled: true,
    ...joined('allow', before?.allow, options.allow),
    ...(groups === undefined ? {} : joined(groups, before?.[groups], options.group)),
    ...Object.fromEntries((options.set ?? []).map(setting)),
  });
  const settings = ask === undefined ? given : { ...given, ...(await ask(cli, given)) };
  // Nonsense is refused before anything is stored, fetched or installed.
  await writeChannel(cli, channel, settings);
  const connected = await connect(cli).catch(async (refused: unknown) => {
    await writeChannel(cli, channel, before);
    throw refused;
  });
  const { next, shown } =
    typeof connected === 'string' ? { next: connected, shown: {} } : connected;
  if (cli.out.json) {
    const stored = (await readChannel(cli, channel)) ?? settings;
    return cli.out.object({ channel, settings: stored, ...shown });
  }
  cli.out.say(`${channel} is added. A running gateway takes its settings at its next start.`);
  if (before !== undefined)
    cli.out.hint(`Only a token, and at once:   atom channels reopen ${channel}`);
  if (Object.keys(shown).length > 0) cli.out.say('Secret, and not shown again:');
  for (const [name, value] of Object.entries(shown)) cli.out.data(`${name}   ${value}`);
  if (!('allow' in settings || namesNobody))
    cli.out.warn(`Nobody may write yet: atom channels add ${channel} --allow <ids>`);
  cli.out.hint(next);
  cli.out.hint(`Undo:   atom channels remove ${channel}`);
}

const beside = (before: Settings | undefined, given: Settings): Settings => ({
  ...before,
  ...given,
});

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
  // A number as long as a phone's is a name, and no quantity.
  if (/^\d{10,}$/.test(value)) return [key, value];
  try {
    return [key, JSON.parse(value) as Json];
  } catch {
    return [key, value];
  }
}
