import { asAtomError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { redactOutput } from '../../base/redact.ts';
import { Unauthorized } from '../../channels/http-failure.ts';
import type { Approved } from '../../channels/own/connection.ts';
import { ownFacts, unknownSaid } from '../../channels/own/facts.ts';
import { type OwnChannelApproval, ownChannelName, ownSecret } from '../../domain/own-channel.ts';
import { ownChannelApproval } from '../../store/tables/own-channels.ts';
import { type OwnChannels, ownDigest } from '../own-channels.ts';
import type { AtomOptions } from '../parts.ts';
import type { Records } from '../record.ts';
import type { Configured } from './configured.ts';

type Settings = NonNullable<AtomOptions['config']['channels']['own']>[string];

/** The channels that the owner wrote and turned on. One that nobody approved is there, and is not run. */
export async function ownChannels(
  options: AtomOptions,
  { store }: Pick<Records, 'store'>,
  own: OwnChannels,
): Promise<readonly Configured[]> {
  const all = Object.entries(options.config.channels.own ?? {}).filter(([, one]) => one.enabled);
  return Promise.all(
    all.map(async ([folder, settings]): Promise<Configured> => {
      const name = ownChannelName(folder);
      const approval = await ownChannelApproval(store, name);
      if (approval === undefined)
        return {
          facts: ownFacts(name, unknownSaid),
          health: { state: 'failed', reason: `it waits for your approval: ${look(name)}` },
        };
      const { createOwn } = await import('../../channels/own/create.ts');
      const channel = createOwn({
        name,
        said: approval.said,
        host: own.host,
        clock: options.clock,
        log: options.log.part(name),
        newId: () => newId(),
        approved: () => approvedNow(options, own, { approval, settings }),
      });
      return { facts: channel.facts, channel, health: { state: 'starting' } };
    }),
  );
}

const look = (name: string): string =>
  `atom channels add ${name}   and then   atom channels reopen ${name}`;

/** What lies there, where it is what was approved and has its secrets. Throws Unauthorized with what to do. */
async function approvedNow(
  { secrets }: Pick<AtomOptions, 'secrets'>,
  own: OwnChannels,
  { approval, settings }: { readonly approval: OwnChannelApproval; readonly settings: Settings },
): Promise<Approved> {
  const { channel, said } = approval;
  const found = await own.read(channel).catch((thrown: unknown) => {
    throw refused(`${asAtomError(thrown).message} Look at it:   ${look(channel)}`);
  });
  if (ownDigest(channel, found, said) !== approval.digest)
    throw refused(`it is not what you approved, it changed since. Look at it:   ${look(channel)}`);
  const given = await Promise.all(
    said.secrets.map(async (name) => {
      const stored = ownSecret(channel, name);
      const value = await secrets.get(stored);
      if (value !== undefined) return [name, value] as const;
      throw refused(`its secret ${stored} is not stored: atom secrets set ${stored}`);
    }),
  );
  return {
    code: found.code,
    said,
    settings: settings.settings,
    secrets: Object.fromEntries(given),
    redact: redactOutput(given.map(([, value]) => value)),
  };
}

const refused = (reason: string): Unauthorized => new Unauthorized({ kind: 'later', reason });
