import { exitCodes } from '../../base/errors.ts';
import type { Daemon } from './place.ts';

/** What another try does not mend: the owner has to. */
const FOR_THE_OWNER = [
  ...new Set(
    (['usage', 'credentials', 'already-running', 'blocked', 'config'] as const).map(
      (code) => exitCodes[code],
    ),
  ),
];

/** A unit of the account's own systemd. Source: systemd.service(5), systemd.exec(5). */
export const systemdUnit = ({ argv, environment, profile }: Daemon): string => `[Unit]
Description=atom, a personal agent (profile ${profile})
StartLimitIntervalSec=300
StartLimitBurst=5

[Service]
ExecStart=${argv.map(ofCommand).join(' ')}
${Object.entries(environment)
  .map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}\n`)
  .join('')}Restart=on-failure
RestartSec=5
RestartPreventExitStatus=${FOR_THE_OWNER.join(' ')}
# It ends what runs by itself; what is left after that is killed.
KillMode=mixed
TimeoutStopSec=60
UMask=0077

[Install]
WantedBy=default.target
`;

/** One word: `%` stands for itself. Source: systemd.syntax(7), systemd.unit(5). */
const quoted = (word: string): string =>
  `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`;

/** Of a command, and nowhere else, `$` would be looked up. Source: systemd.service(5), systemd.exec(5). */
const ofCommand = (word: string): string => quoted(word).replaceAll('$', '$$$$');
