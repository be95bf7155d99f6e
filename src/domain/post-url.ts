import { isAddress } from '../base/address-list.ts';
import { isNear } from './plain-url.ts';

/**
 * Why something may not be posted to an address; undefined where it may. `https://` goes anywhere; `http://`,
 * which everybody on the way can read and answer, only to this machine and to addresses of its own networks:
 * what a name stands for may be another thing tomorrow.
 */
export function whyNoPostUrl(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return 'an address that begins with https://';
  if (url.username !== '' || url.password !== '') return 'an address without a user or a password';
  if (url.hash !== '' || /[#\s]/.test(text)) return 'an address without a fragment';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isPlain = url.protocol === 'http:';
  if (!isPlain || host === 'localhost' || (isAddress(host) && isNear(host))) return undefined;
  return 'an address that begins with https://, or one of this machine or of its own networks in numbers';
}
