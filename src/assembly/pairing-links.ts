import { AtomError } from '../base/errors.ts';
import { channels } from '../channels/registry.ts';
import type { ChannelHealth } from '../domain/channel.ts';
import { codeText } from '../domain/pairing.ts';
import type { PairableChannel } from '../protocol/people-methods.ts';
import type { Channels } from './channels.ts';

/**
 * How a channel carries a proof to us: a link that a phone opens, to the account of this name. One whose links
 * carry nothing only opens the chat, and the code is typed there; undefined where there is no link at all.
 */
interface Carrier {
  link(identity: string, proof: Proof): string | undefined;
  readonly typed?: true;
  /** What is typed, where that is not `/link CODE`. */
  command?(code: string): string;
}

/** What shows that somebody has the link: the token, or the code that is typed. */
interface Proof {
  readonly token: string;
  readonly code: string;
}

/** Every channel that can be paired. `identity` is what its health calls us: `@dana_bot`. */
const CARRIERS: Readonly<Record<string, Carrier>> = {
  // Source: core.telegram.org/bots/features#deep-linking.
  telegram: {
    link: (identity, { token }) =>
      `https://t.me/${encodeURIComponent(identity.replace(/^@/, ''))}?start=${token}`,
  },
  whatsapp: { link: (identity, { token }) => waMe(identity, token) },
  'whatsapp-cloud': { link: (identity, { token }) => waMe(identity, token) },
  // A phone opens its own program for messages with it. Source: RFC 5724; `&` is what iOS goes by.
  sms: {
    link: (identity, { code }) => `sms:${identity}?&body=${encodeURIComponent(command(code))}`,
  },
  // Source: docs.slack.dev/interactivity/deep-linking. What begins with a slash would stay with Slack.
  slack: {
    link: (identity) => {
      const [, team, user] = /\((T[A-Z0-9]+)\/([UW][A-Z0-9]+)\)$/.exec(identity) ?? [];
      return team && `slack://user?team=${team}&id=${user}`;
    },
    command: (code) => `/atom link ${codeText(code)}`,
    typed: true,
  },
  // Source: signal.me opens the chat with a number; it has no place for words.
  signal: {
    link: (identity) => (identity.startsWith('+') ? `https://signal.me/#p/${identity}` : undefined),
    typed: true,
  },
  // The number in `@atom (135000000000000001)`; the chat is a button of the profile that it opens.
  discord: {
    link: (identity) => {
      const id = /\((\d+)\)$/.exec(identity)?.[1];
      return id && `https://discord.com/users/${id}`;
    },
    typed: true,
  },
};

/** The number in digits, and what stands ready to be sent. Source: faq.whatsapp.com/5913398998672934. */
const waMe = (identity: string, token: string): string =>
  `https://wa.me/${identity.replace(/\D/g, '')}?text=${encodeURIComponent(`/start ${token}`)}`;

/** The link for a token, and what somebody sends who cannot open one. */
export const offerFor = (
  channel: string,
  given: { readonly identity: string; readonly token: string; readonly code: string },
): { readonly link: string; readonly command: string; readonly typed?: boolean } => {
  const carrier = CARRIERS[channel];
  const link = carrier?.link(given.identity, given);
  if (link === undefined) throw new AtomError('usage', `${channel} has no link to pair by.`);
  return {
    link,
    command: (carrier?.command ?? command)(given.code),
    ...(carrier?.typed ? { typed: true } : {}),
  };
};

const NOTHING: Proof = { token: '', code: '' };

const command = (code: string): string => `/link ${codeText(code)}`;

/** The channels that can be paired at all; `why` says what is missing before one can. */
export const pairable = (all: Pick<Channels, 'list'>): readonly PairableChannel[] =>
  Object.entries(CARRIERS).map(([name, carrier]) => {
    const configured = all.list().find(({ facts }) => facts.name === name);
    const label = configured?.facts.label ?? labelOf(name);
    return { channel: name, label, ...stateOf(carrier, configured?.health) };
  });

const labelOf = (name: string): string =>
  Object.values(channels).find(({ facts }) => facts.name === name)?.facts.label ?? name;

function stateOf(
  { link }: Carrier,
  health: ChannelHealth | undefined,
): { identity: string } | { why: string } {
  switch (health?.state) {
    case 'ready':
      return link(health.identity, NOTHING) === undefined
        ? { why: 'its account has no number, and so no link: name who may write in the settings' }
        : { identity: health.identity };
    case 'starting':
      return { why: 'it is not connected yet; try again in a moment' };
    case 'retrying':
    case 'failed':
      return { why: health.reason };
    default:
      return { why: 'it is not set up' };
  }
}
