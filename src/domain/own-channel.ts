import type { SkillFile } from './skill-trust.ts';

/** What the names of channels that the owner wrote begin with: none of atom's own does. */
const OWN = 'own-';
const NAME = /^own-[a-z][a-z0-9-]{0,23}$/;

/** True for the name of a channel that the owner wrote: `own-` and the name of its folder. */
export const isOwnChannel = (name: string): boolean => NAME.test(name);

/** `own-hub`, for the folder `hub` as well as for the name itself. */
export const ownChannelName = (name: string): string =>
  name.startsWith(OWN) ? name : `${OWN}${name}`;

/** The folder of such a channel, below the profile's `channels`. */
export const ownFolderName = (name: string): string => name.slice(OWN.length);

/** The name that a secret of a channel is stored by. */
export const ownSecret = (channel: string, secret: string): string => `${channel}.${secret}`;

/** What a channel that the owner wrote says of itself, complete. */
export interface OwnChannelSaid {
  readonly label: string;
  /** Hosts on the internet that it may speak to, as in the network of a jail. */
  readonly hosts: readonly string[];
  /** Servers of this machine or of networks of the owner's, each with its port. */
  readonly ownServers: readonly string[];
  /** Names of the secrets that it is given. */
  readonly secrets: readonly string[];
  readonly maxLength: number;
  readonly threads: boolean;
  readonly edits: boolean;
  /** True where sending the same message id twice shows it once. */
  readonly idempotentSend: boolean;
  /** True where its platform proves who sends; else anybody may write in anybody's name. */
  readonly provesSenders: boolean;
}

/** What the owner approved of such a channel: what is run is this and nothing else. */
export interface OwnChannelApproval {
  readonly channel: string;
  /** Over its files and what it says of itself. */
  readonly digest: string;
  readonly said: OwnChannelSaid;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `surface/id`. */
  readonly by: string;
}

/** What approving such a channel would mean. Changes nothing. */
export interface OwnChannelPlan {
  readonly channel: string;
  readonly folder: string;
  readonly label: string;
  /** Names exactly this: where anything of it differs, an approval is refused. */
  readonly digest: string;
  readonly standing: 'approved' | 'new' | 'changed';
  /** What it may do, one thing a line. */
  readonly may: readonly string[];
  readonly secrets: readonly string[];
  readonly files: readonly Pick<SkillFile, 'path' | 'bytes'>[];
}

/** What a channel may do, one thing a line; what it names was checked when it was read. */
export const ownChannelMay = (channel: string, said: OwnChannelSaid): readonly string[] => [
  'bring messages, and say who wrote them',
  ...said.hosts.map((host) => `speak to ${host}`),
  ...said.ownServers.map((server) => `speak to ${server}, a server of your own`),
  ...said.secrets.map((name) => `be given the secret ${ownSecret(channel, name)}`),
  said.provesSenders
    ? 'it says that its platform proves who writes: what your account there says is done as yours'
    : 'its platform proves nobody: what is written there counts as anybody’s words',
];
