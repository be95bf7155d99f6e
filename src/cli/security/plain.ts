import { isLoopback } from '../../base/address-list.ts';
import { visible } from '../../base/visible.ts';
import { bad, type Finding, note } from '../doctor/finding.ts';

/** Settings under which others come in; what is open there is worse than what is asked elsewhere. */
const DOORS = /^(gateway|webhooks)\./;

/** Every address in the settings that is spoken to, or from, in plain text beyond this machine. */
export const plainFindings = (config: object): readonly Finding[] =>
  plainAddresses(config, '').map(({ setting, address }) => {
    const say = DOORS.test(setting) ? bad : note;
    return say(
      'plain',
      `${visible(setting)}: ${visible(address)} is without TLS: whoever is on the way reads and changes it`,
      `Let it begin with ${address.startsWith('ws') ? 'wss' : 'https'}://:   atom config get ${setting.split('.')[0]}`,
    );
  });

interface Plain {
  readonly setting: string;
  /** Where it is, without what may be secret behind it. */
  readonly address: string;
}

function plainAddresses(value: unknown, setting: string): readonly Plain[] {
  if (typeof value === 'string') {
    const url = /^(https?|wss?):\/\//.test(value) ? URL.parse(value) : null;
    if (!url || !/^(http|ws):$/.test(url.protocol) || isHere(url.hostname)) return [];
    return [{ setting, address: `${url.protocol}//${url.host}` }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    plainAddresses(inner, setting === '' ? key : `${setting}.${key}`),
  );
}

const isHere = (hostname: string): boolean =>
  hostname === 'localhost' || isLoopback(hostname.replace(/^\[(.*)\]$/, '$1'));
