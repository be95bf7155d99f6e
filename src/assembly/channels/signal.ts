import { newId } from '../../base/ids.ts';
import { sleep } from '../../base/wait.ts';
import { channels as table } from '../../channels/registry.ts';
import { doorIn } from '../../channels/signal/door.ts';
import type { MakePlatform } from './configured.ts';
import { bearersOf } from './signal-bearers.ts';

/** A local program: what it does not answer in this time, it does not answer at all. */
const ANSWER_MS = 10_000;

/** An account of Signal through signal-cli, where one is set up. */
export const signal: MakePlatform = async ({ config, log }, { people, store }) => {
  const settings = config.channels.signal;
  if (!settings?.enabled) return [];
  const { facts } = table.signal;
  const { create } = await table.signal.load();
  const { account } = settings;
  const channel = create({
    settings: { ...settings, door: doorIn(settings) },
    bearers: await bearersOf(store, settings),
    log: log.part('signal'),
    newId: () => newId(),
    isKnown: (id) => people.roleOf({ channel: 'signal', account, id }) !== undefined,
    wait: sleep,
    answerMs: ANSWER_MS,
  });
  return [{ facts, channel, health: { state: 'starting' } }];
};
