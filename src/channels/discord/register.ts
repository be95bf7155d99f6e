import type { Log } from '../../base/log.ts';
import type { Access } from './api.ts';
import { registration } from './commands.ts';
import { troubleOf } from './errors.ts';

/** Puts our commands into Discord's menu, in place of those that are there. Everything works without them. */
export async function registerCommands(
  { log, token }: { readonly log: Log; readonly token: string },
  { api }: Access,
  application: string,
): Promise<void> {
  try {
    await api.applicationCommands.bulkOverwriteGlobalCommands(application, registration());
  } catch (thrown) {
    log.warn('the commands could not be registered', { reason: troubleOf(thrown, token).words });
  }
}
