import { channels } from '../channels/registry.ts';
import type { ChannelHealth } from '../domain/channel.ts';
import { codeText } from '../domain/pairing.ts';
import type { PairableChannel } from '../protocol/people-methods.ts';
import type { Channels } from './channels.ts';

/** How a channel carries a proof to us: a link that a phone opens, to the account of this name. */
type MakeLink = (identity: string, proof: Proof) => string;

/** What shows that somebody has the link: the token, or the code that is typed. */
interface Proof {
  readonly token: string;
  readonly code: string;
}

/** Every channel that can be paired. `identity` is what its health calls us: `@dana_bot`. */
const LINKS: Readonly<Record<string, MakeLink>> = {
  // Source: core.telegram.org/bots/features#deep-linking.
  telegram: (identity, { token }) =>
    `https://t.me/${encodeURIComponent(identity.replace(/^@/, ''))}?start=${token}`,
  whatsapp: (identity, { token }) => waMe(identity, token),
  'whatsapp-cloud': (identity, { token }) => waMe(identity, token),
  // A phone opens its own program for messages with it. Source: RFC 5724; `&` is what iOS goes by.
  sms: (identity, { code }) => `sms:${identity}?&body=${encodeURIComponent(command(code))}`,
};

/** The number in digits, and what stands ready to be sent. Source: faq.whatsapp.com/5913398998672934. */
const waMe = (identity: string, token: string): string =>
  `https://wa.me/${identity.replace(/\D/g, '')}?text=${encodeURIComponent(`/start ${token}`)}`;

/** The link for a token, and what somebody sends who cannot open one. */
export const offerFor = (
  channel: string,
  given: { readonly identity: string; readonly token: string; readonly code: string },
): { readonly link: string; readonly command: string } => ({
  link: (LINKS[channel] as MakeLink)(given.identity, given),
  command: command(given.code),
});

const command = (code: string): string => `/link ${codeText(code)}`;

/** The channels that can be paired at all; `why` says what is missing before one can. */
export const pairable = (all: Pick<Channels, 'list'>): readonly PairableChannel[] =>
  Object.keys(LINKS).map((name) => {
    const configured = all.list().find(({ facts }) => facts.name === name);
    const label = configured?.facts.label ?? labelOf(name);
    return { channel: name, label, ...stateOf(configured?.health) };
  });

const labelOf = (name: string): string =>
  Object.values(channels).find(({ facts }) => facts.name === name)?.facts.label ?? name;

function stateOf(health: ChannelHealth | undefined): { identity: string } | { why: string } {
  switch (health?.state) {
    case 'ready':
      return { identity: health.identity };
    case 'starting':
      return { why: 'it is not connected yet; try again in a moment' };
    case 'retrying':
    case 'failed':
      return { why: health.reason };
    default:
      return { why: 'it is not set up' };
  }
}
