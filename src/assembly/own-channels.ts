import { existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../base/digest.ts';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { OwnHost } from '../channels/own/process.ts';
import { ensureFolder } from '../config/folder.ts';
import { ownChannelsOf } from '../config/paths.ts';
import type { Action } from '../domain/action.ts';
import {
  isOwnChannel,
  type OwnChannelPlan,
  type OwnChannelSaid,
  ownChannelMay,
  ownChannelName,
  ownFolderName,
} from '../domain/own-channel.ts';
import { compileSkill } from '../skills/compile.ts';
import { readSources, type SkillSources } from '../skills/trust/sources.ts';
import {
  deleteOwnChannel,
  ownChannelApproval,
  putOwnChannel,
} from '../store/tables/own-channels.ts';
import { type ChannelTrustDeps, createChannelTrust } from '../trust/channel-trust.ts';
import type { Jails } from './jail.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

/** The channels that the owner wrote, and what they are approved by. */
export interface OwnChannels extends Pick<ChannelTrustDeps, 'plan'> {
  readonly trust: Action;
  readonly host: OwnHost;
  /** What lies in its folder now, compiled. Throws AtomError `usage` with what is wrong with it. */
  read(channel: string): Promise<ReadChannel>;
  /** False where nothing was approved. */
  forget(channel: string): Promise<boolean>;
}

/** A folder as it was read. */
export interface ReadChannel {
  readonly sources: SkillSources;
  /** The compiled module. */
  readonly code: string;
}

const ENTRY = "export * from './channel.ts';\n";

export function createOwnChannels(
  options: AtomOptions,
  { store, audit }: Pick<Records, 'store' | 'audit'>,
  jails: Pick<Jails, 'launchFor' | 'status'>,
): OwnChannels {
  const { paths, packageFolder, clock } = options;
  const emptyFolder = realpathSync(ensureFolder(join(paths.state, 'empty')));
  const host = {
    emptyFolder,
    status: jails.status,
    launch: jails.launchFor(emptyFolder),
    nodePath: realpathSync(process.execPath),
    runnerPath: join(packageFolder, 'dist', 'channels', 'own.mjs'),
  };
  const cache = join(paths.state, 'skills');
  const folderOf = (channel: string): string => {
    const folder = join(ownChannelsOf(paths), ownFolderName(channel));
    if (isOwnChannel(channel) && existsSync(join(folder, 'channel.ts'))) return folder;
    throw new AtomError('not-found', `There is no ${join(folder, 'channel.ts')}.`, {
      next: ['How one is written:   atom help own-channels'],
    });
  };
  const read = async (channel: string): Promise<ReadChannel> => {
    const folder = folderOf(channel);
    const sources = await readSources(folder);
    const { module } = await compileSkill({ folder, cache, sources, entry: ENTRY });
    return { sources, code: await readFile(module, 'utf8') };
  };
  const look = async (given: string, signal: AbortSignal) => {
    const channel = ownChannelName(given);
    const found = await read(channel);
    const { describeOwn } = await import('../channels/own/describe.ts');
    const said = await describeOwn(host, found.code, signal);
    const digest = ownDigest(channel, found, said);
    const before = await ownChannelApproval(store, channel);
    const plan: OwnChannelPlan = {
      channel,
      digest,
      folder: folderOf(channel),
      label: said.label,
      standing: before === undefined ? 'new' : before.digest === digest ? 'approved' : 'changed',
      may: ownChannelMay(channel, said),
      secrets: said.secrets,
      files: found.sources.files,
    };
    return { plan, said };
  };
  const plan: OwnChannels['plan'] = async (channel, signal) => (await look(channel, signal)).plan;
  return {
    host,
    read,
    plan,
    trust: createChannelTrust({
      plan,
      approve: async ({ channel, digest, by }, signal) => {
        const { plan: now, said } = await look(channel, signal);
        if (now.digest !== digest)
          throw new AtomError('blocked', `${channel} changed since it was shown.`);
        await store.tx(async (sql) => {
          await putOwnChannel(sql, { channel, digest, said, at: clock.now(), by });
          await audit(sql, 'channel.trusted', { channel, digest, by, may: [...now.may] });
        });
      },
    }),
    forget: (given) =>
      store.tx(async (sql) => {
        const channel = ownChannelName(given);
        if ((await deleteOwnChannel(sql, channel)) === 0) return false;
        await audit(sql, 'channel.forgotten', { channel, by: 'owner' });
        return true;
      }),
  };
}

/** Names exactly these files, and what they say of themselves. */
export const ownDigest = (
  channel: string,
  { sources }: Pick<ReadChannel, 'sources'>,
  said: OwnChannelSaid,
): string => digestOf({ channel, sources: sources.digest, said: said as unknown as Json });
