/**
 * Commands that a POSIX shell must run itself, since they act on it. Every other name is a program, and
 * is printed by its path, so that nothing a shell has under the same name comes in between.
 */
export const builtins: ReadonlySet<string> = new Set([
  ...[
    'cd',
    'read',
    'export',
    'readonly',
    'unset',
    'set',
    'shift',
    'exit',
    'break',
    'continue',
    ':',
  ],
  ...['command', 'type', 'hash', 'umask', 'ulimit', 'wait', 'times', 'getopts', 'local', 'return'],
  ...['eval', '.', 'exec', 'trap', 'alias', 'unalias'],
]);
