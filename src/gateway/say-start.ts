import type { Atom } from '../atom.ts';
import type { Log } from '../base/log.ts';
import type { JailStatus } from '../domain/jail.ts';
import { jailWords } from '../domain/jail-words.ts';

/** Tells the log where this gateway listens and which jails there are and, once that is known, what the jail's probe found. */
export function sayStart({ jails, options }: Atom, log: Log): void {
  const { paths, version } = options;
  log.info(`listening on ${paths.socket}`, { pid: process.pid, version });
  for (const jail of jails.list()) {
    const trouble = jails.trouble(jail);
    if (trouble === undefined) log.info(`jail ${jailWords(jail)}: ${jail.folder}`);
    else log.error(`jail ${jail.name} cannot be used: ${trouble}`);
  }
  void jails.status().then((status) => sayJail(status, log));
}

function sayJail(status: JailStatus, log: Log): void {
  switch (status.state) {
    case 'ready': {
      const held = status.checks.map(({ name }) => name);
      log.info(`jail holds: ${status.mechanism}`, { held });
      for (const { words } of status.warnings) log.warn(words);
      return;
    }
    case 'unavailable': {
      const install = status.install === undefined ? {} : { install: status.install };
      log.error(`no jail, so no command runs: ${status.reason}`, install);
      return;
    }
    case 'leaking': {
      const leaks = status.checks.flatMap(({ held, detail }) => (held ? [] : [detail]));
      log.error('the jail leaks, so no command runs', { leaks });
    }
  }
}
