import { isPrivateAddress, isPublicAddress } from '../base/public-address.ts';
import { hostAllowed } from '../domain/host-pattern.ts';
import { readPrivateHost } from '../domain/private-host.ts';
import type { Place } from './place.ts';

/** What the owner's settings say of hosts; patterns as for the network of a jail. */
export interface NetSettings {
  readonly allow: readonly string[];
  readonly plain: readonly string[];
  readonly private: readonly string[];
}

/** What may be fetched from where. */
export interface Hosts {
  /** True where the owner said that it may be looked at without asking. */
  isAllowed(place: Place): boolean;
  /** Why nothing is fetched from a place whoever asks, in words; undefined where something may be. */
  whyNever(place: Place): string | undefined;
  /** True for an address that may be connected to in the name of a place. */
  fits(place: Place, address: string): boolean;
  readonly settings: NetSettings;
}

export function createHosts(settings: NetSettings): Hosts {
  const own = settings.private.map(readPrivateHost).filter((one) => typeof one !== 'string');
  const isOwn = ({ host, port }: Place): boolean =>
    own.some((one) => one.host === host && one.port === port);
  const isAllowed = (place: Place): boolean =>
    isOwn(place) || hostAllowed(settings.allow, place.host, place.port);
  const isPlain = (place: Place): boolean =>
    isOwn(place) || hostAllowed(settings.plain, place.host, place.port);
  return {
    settings,
    isAllowed,
    whyNever: (place) => {
      if (!place.secure && !isPlain(place)) return withoutTls(place);
      // What answers below is no web server, and takes a request for something else.
      const isOdd = place.port < 1024 && place.port !== 443 && place.port !== 80;
      return isOdd && !isAllowed(place) ? `Port ${place.port} is not one of the web.` : undefined;
    },
    fits: (place, address) =>
      isPublicAddress(address) || (isOwn(place) && isPrivateAddress(address)),
  };
}

const withoutTls = ({ host }: Place): string =>
  `${host} would be spoken to without TLS, so that everybody on the way could read and change it: use https://, or let its owner add it to net.plain.`;
