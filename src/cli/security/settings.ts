import { isLoopback } from '../../base/address-list.ts';
import type { Config } from '../../config/schema.ts';
import type { JailSpec } from '../../domain/jail.ts';
import { isInside } from '../../domain/jail-choice.ts';
import { bad, type Finding, good, note } from '../doctor/finding.ts';
import { plainFindings } from './plain.ts';

type Part<K extends keyof Config> = Pick<Config, K>;

/** What the settings leave open, loud where it is wide. `home` is the owner's own folder. */
export const settingsFindings = (
  config: Part<'gateway' | 'webhooks' | 'jails' | 'net'>,
  home: string,
): readonly Finding[] => [
  ...portFindings('gateway', config.gateway),
  ...portFindings('webhooks', config.webhooks),
  ...config.jails.flatMap((jail) => jailFindings(jail, home)),
  ...netFindings(config),
  ...plainFindings(config),
];

function portFindings(
  name: 'gateway' | 'webhooks',
  { host, tls }: Config['gateway'] | Config['webhooks'],
): readonly Finding[] {
  if (isLoopback(host)) return [good('port', `${name}: this machine alone (${host})`)];
  const back = `Only this machine:   atom config set ${name}.host 127.0.0.1`;
  return tls
    ? [note('port', `${name}: the network reaches ${host}, over TLS`, back)]
    : [bad('port', `${name}: ${host} is open to the network without TLS of its own`, back)];
}

function jailFindings(jail: JailSpec, home: string): readonly Finding[] {
  const { name, folder, git, network = [], unprotected = [], shows = [] } = jail;
  const mend = `Look, and make it narrower:   atom jails show ${name}`;
  const remove = `Take it away:   atom jails remove ${name}`;
  const whole = folder === '/' ? 'this whole machine' : 'your whole home';
  const wide = shows.filter((path) => isInside(path, home));
  const hosts = network.filter((host) => host.startsWith('*'));
  const found = [
    ...(isInside(folder, home) ? [bad('jail', `${name} holds ${whole}`, remove)] : []),
    ...wide.map((path) => bad('jail', `${name} shows commands ${path}, your home with it`, mend)),
    ...(git === 'open' ? [bad('jail', `${name} lets commands change what git runs`, mend)] : []),
    ...(hosts.length === 0 ? [] : [note('jail', `${name} reaches ${hosts.join(', ')}`, mend)]),
    ...(unprotected.length === 0
      ? []
      : [note('jail', `${name} lets commands change ${unprotected.join(', ')}`, mend)]),
  ];
  return found.length === 0 ? [good('jail', `${name}: as narrow as atom makes it`)] : found;
}

const netFindings = ({ net: { plain, private: own } }: Part<'net'>): readonly Finding[] => [
  ...(plain.length === 0
    ? []
    : [
        bad(
          'net',
          `without TLS, for everybody on the way to read and change: ${plain.join(', ')}`,
          'Close it:   atom config unset net.plain',
        ),
      ]),
  ...(own.length === 0
    ? []
    : [
        note(
          'net',
          `servers of your own network may be asked: ${own.join(', ')}`,
          'Close it:   atom config unset net.private',
        ),
      ]),
];
