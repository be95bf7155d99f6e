import { z } from 'zod';
import { isAgentName } from '../domain/agent.ts';
import type { Issuer } from '../domain/identity.ts';
import { roles } from '../domain/role.ts';
import { senderText, type User } from '../domain/user.ts';
import { channelNames } from './channels/all.ts';
import { nameSchema } from './jail-schema.ts';
import { identityFaults, identitySchema, ssoSchema } from './sso-schema.ts';

/** Agents elsewhere prove who they are by a key, and are guests. */
const places = ['device', ...channelNames.filter((name) => name !== 'a2a')];

const sender = z.string().refine(
  (text) => {
    const [channel = '', ...id] = text.split(':');
    return places.includes(channel) && /^\S{1,200}$/.test(id.join(':'));
  },
  {
    error: `<channel>:<fixed id>, such as telegram:5012233; the channels are ${places.join(', ')}`,
  },
);

/** What is said of them elsewhere under these names is not theirs. */
const NOT_USERS = ['owner', 'you', 'atom', 'system', 'terminal'];
const userName = z.string().refine((name) => isAgentName(name) && !NOT_USERS.includes(name), {
  error: `a name of a–z, 0–9 and -, beginning with a letter, and none of ${NOT_USERS.join(', ')}`,
});

const user = z
  .strictObject({
    role: z.enum(roles).default('member'),
    senders: z.array(sender).max(50).default([]),
    agents: z.array(z.string().refine(isAgentName, 'the name of an agent')).max(50).default([]),
    jails: z.array(nameSchema).max(50).default([]),
    feed: z.enum(['own', 'shared']).default('own'),
    identities: z.array(identitySchema).max(20).default([]),
  })
  .refine(({ role, agents }) => role === 'owner' || agents.length > 0, {
    path: ['agents'],
    error: 'at least one agent that works for them',
  })
  .refine(({ role, agents, jails }) => role !== 'owner' || agents.length + jails.length === 0, {
    path: ['agents'],
    error: 'no agents and jails: an owner has them all',
  });

const usersSchema = z.record(userName, user).default({});

export const peopleSchemas = {
  /** People with accounts, agents and jails of their own, by name. */
  users: usersSchema,
  /** Who vouches for them; of the enterprise edition. */
  sso: ssoSchema.exactOptional(),
};

type Written = z.output<typeof usersSchema>[string];
type Users = {
  readonly [name: string]: { readonly [Key in keyof Written]: Readonly<Written[Key]> };
};

/** The users of the settings, in their order; whoever has an identity has it at the provider of the settings. */
export const usersIn = ({
  users,
  sso,
}: {
  readonly users: Users;
  readonly sso?: Issuer | undefined;
}): readonly User[] =>
  Object.entries(users).map(([name, { identities = [], ...rest }]) => ({
    name,
    ...rest,
    ...(sso && identities.length > 0
      ? { identities: identities.map((mark) => ({ ...sso, ...mark })) }
      : {}),
  }));

/** What the users are held against. */
interface Settings {
  readonly users: Users;
  readonly sso?: Issuer | undefined;
  readonly jails: readonly { readonly name: string }[];
  readonly channels: object;
}

interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * What is wrong with users among each other and beside the other settings, where so many people may have
 * agents work, the owner among them, and a provider may say whose a device is or not; empty where nothing is.
 */
export function userFaults(
  { users, sso, jails, channels }: Settings,
  { people: mostPeople, identities }: { readonly people: number; readonly identities: boolean },
): readonly Fault[] {
  const all = usersIn({ users });
  const named = all.flatMap(({ senders }) => senders);
  const owners = ownersIn(channels);
  const vouched = identityFaults({ users, sso }, identities);
  const each = all.flatMap(({ name, role, ...has }) => [
    ...has.senders.flatMap((one, at) => {
      const path = ['users', name, 'senders', at];
      if (named.filter((other) => other === one).length > 1)
        return [{ path, message: 'a sender that is named once, and in one user' }];
      return role !== 'owner' && owners.includes(one)
        ? [{ path, message: 'nobody whom `allow` of that channel makes an owner' }]
        : [];
    }),
    ...has.jails.flatMap((jail, at) =>
      jails.some((known) => known.name === jail)
        ? []
        : [{ path: ['users', name, 'jails', at], message: 'the name of a jail that is there' }],
    ),
  ]);
  const members = all.filter(({ role }) => role === 'member').length;
  if (members < mostPeople) return [...each, ...vouched];
  const message = `at most ${mostPeople - 1} members in this edition (atom edition)`;
  return [...each, ...vouched, { path: ['users'], message }];
}

/** Whom the channels' own settings make owners. */
const ownersIn = (channels: object): readonly string[] =>
  Object.entries(
    channels as Readonly<Record<string, { readonly allow?: readonly string[] }>>,
  ).flatMap(([channel, settings]) =>
    (settings?.allow ?? []).map((id) => senderText({ channel, id })),
  );
