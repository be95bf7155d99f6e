import { readFileSync } from 'node:fs';
import { systemCode } from '../../base/errors.ts';

/** Why bubblewrap could not build a jail, in words, and the command that mends it where one is known. */
export interface BuildFailure {
  readonly reason: string;
  readonly install?: string;
}

/** What bubblewrap says where unprivileged user namespaces are closed to it. */
const NO_NAMESPACES =
  /uid map: Permission denied|RTM_NEWADDR|No permissions to creat|Creating new namespace failed|Operation not permitted/;
const PROFILE = 'bwrap-userns-restrict';

/** `restricted`: whether AppArmor keeps unprivileged programs from making user namespaces. */
export function explainFailure(said: string, restricted: boolean, asRoot: boolean): BuildFailure {
  if (!NO_NAMESPACES.test(said)) return { reason: said };
  if (!restricted)
    return {
      reason: `This machine does not let bubblewrap make user namespaces (${said}). Inside a container, start atom on the host or in a container that allows them, such as the one of: atom container print`,
    };
  const sudo = asRoot ? '' : 'sudo ';
  return {
    reason: `AppArmor keeps bubblewrap from making user namespaces (${said}).`,
    install: [
      `${sudo}apt-get install -y apparmor-profiles`,
      `${sudo}install -m 644 /usr/share/apparmor/extra-profiles/${PROFILE} /etc/apparmor.d/`,
      `${sudo}apparmor_parser -r /etc/apparmor.d/${PROFILE}`,
    ].join(' && '),
  };
}

/** True on systems such as Ubuntu 24.04, where the setting exists and is on. */
export function appArmorRestricts(): boolean {
  try {
    const path = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
    return readFileSync(path, 'utf8').trim() === '1';
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}
