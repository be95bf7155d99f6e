/** Verbs of package managers that put `node_modules` together anew. */
const INSTALLS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'npm',
    words('ci clean-install install i add update up upgrade uninstall remove rm un unlink prune'),
  ],
  ['pnpm', words('install i add update up upgrade remove rm uninstall un prune')],
  ['yarn', words('install add remove up upgrade')],
  ['bun', words('install i add update remove rm')],
]);

/**
 * Protected names that a command is for replacing, and which are not kept read-only while it runs:
 * `node_modules` for what installs packages. What runs beside it in a line gets as much; so does
 * whatever the packages bring along. Anything but `PROGRAM VERB …`, by the program's bare name, replaces
 * nothing.
 */
export const replacedBy = (commands: readonly (readonly string[])[]): readonly string[] =>
  commands.some(([program = '', verb = '']) => INSTALLS.get(program)?.has(verb))
    ? ['node_modules']
    : [];

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
