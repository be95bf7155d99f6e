import type { Json } from '../../base/json.ts';
import type { Cli } from '../cli.ts';
import { type Addable, addable, readChannel, writeChannel } from './settings.ts';
import { addTelegram } from './telegram.ts';
import { addWhatsApp } from './whatsapp.ts';

export interface AddOptions {
  /** Separated by commas. */
  readonly allow?: string;
  readonly group?: string;
}

const CONNECT: Readonly<Record<Addable, (cli: Cli) => Promise<string>>> = {
  telegram: addTelegram,
  whatsapp: addWhatsApp,
};

/** Connects a channel: what it needs first, the configuration last. */
export async function addChannel(cli: Cli, name: string, options: AddOptions): Promise<void> {
  const channel = addable(name);
  const before = await readChannel(cli, channel);
  const settings = {
    ...before,
    enabled: true,
    ...joined('allow', before?.allow, options.allow),
    ...(channel === 'whatsapp' ? joined('groups', before?.groups, options.group) : {}),
  };
  // Nonsense is refused before anything is stored, fetched or installed.
  await writeChannel(cli, channel, settings);
  const next = await CONNECT[channel](cli).catch(async (refused: unknown) => {
    await writeChannel(cli, channel, before);
    throw refused;
  });
  if (cli.out.json) return cli.out.object({ channel, settings });
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
