import { isAddress } from '../../base/address-list.ts';
import { isGlobalAddress } from '../../base/public-address.ts';

const IPV4 = /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/g;
const IPV6 = /(?<![\w:.])[\da-f]{1,4}:[\da-f:]{2,34}[\da-f]{0,4}(?![\w:]|\.\d)/gi;
/** Of a network card: a machine is known by it wherever it goes. */
const CARD = /(?<![\w:-])(?:[\da-f]{2}([:-]))(?:[\da-f]{2}\1){4}[\da-f]{2}(?![\w:-])/gi;
const OF_NONE = /^(?:00[:-]){5}00$|^(?:ff[:-]){5}ff$/i;
/** A link's own address has that of the card in it. */
const OF_LINK = /^fe80:/i;

const ADDRESS = '[address]';

/**
 * A text without the addresses that machines have on the internet, and those of their network cards: they
 * tell where somebody lives. Those within a network of one's own tell nothing, and stay.
 */
export const withoutAddresses = (text: string): string =>
  text
    .replace(CARD, (card) => (OF_NONE.test(card) ? card : ADDRESS))
    .replace(IPV4, hidden)
    .replace(IPV6, hidden);

const hidden = (found: string): string =>
  isGlobalAddress(found) || (OF_LINK.test(found) && isAddress(found)) ? ADDRESS : found;
