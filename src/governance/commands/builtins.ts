import type { CommandRule } from './command-rule.ts';
import { beyond, look, lose } from './rule.ts';

/** A subscript is worked out like an expression, and an expression may run a program. */
const SUBSCRIPT = {
  words: /\[[^\]]{0,50}(\$\(|`|\$\{)/,
  to: 'beyond',
  why: 'works out an expression that may run a program',
  literal: true,
} as const;

/** Variables by whose names other programs are found, loaded or recorded. */
const GUIDING = {
  words:
    /^(PATH|CDPATH|ENV|BASH_ENV|IFS|SHELL|HOME|HIST\w*|PROMPT_COMMAND|PS[0-4]|LD_\w+|DYLD_\w+|GIT_\w+|SSH_\w+|NODE_\w+|NPM_\w+|PYTHON\w+|PERL\w+|RUBY\w+|PAGER|EDITOR|VISUAL|BROWSER|BASH_FUNC\S*|\w+_(proxy|PROXY))\+?(=|$)/,
  to: 'beyond',
  why: 'sets a variable that decides what programs run or what is recorded',
} as const;

/** What shells do themselves: nothing of it outlives the shell, unless it runs something. */
export const builtins: readonly CommandRule[] = [
  look('cd chdir pushd popd', 'goes to another folder', {
    match: ['cd src', 'cd /', 'pushd ..'],
    notMatch: [],
  }),
  look(
    'export declare typeset local readonly unset read readarray mapfile getopts let',
    'sets variables',
    {
      text: true,
      raise: [SUBSCRIPT, GUIDING, { options: '-C', to: 'beyond', why: 'runs a line for a shell' }],
      match: ['export A=1', 'unset A', 'read -r x', 'local a=b', 'unset -f x'],
      notMatch: [
        'export PATH=/x',
        'unset HISTFILE',
        'read a[$(id)]',
        'export LD_PRELOAD=x',
        'mapfile -C id x',
      ],
    },
  ),
  look('set shopt umask ulimit caller fg bg disown suspend logout', 'sets how this shell works', {
    text: true,
    raise: [
      {
        words: /^(history|histexpand|expand_aliases|extdebug)$/,
        to: 'beyond',
        why: 'changes what is recorded or run',
      },
    ],
    match: ['set -euo pipefail', 'shopt -s nullglob', 'umask 022'],
    notMatch: ['set +o history', 'shopt -s expand_aliases'],
  }),
  look('history', 'shows what was typed', {
    raise: [
      { options: '-c -d -w -a -r -s', to: 'beyond', why: 'changes the record of what was typed' },
    ],
    match: ['history', 'history 10'],
    notMatch: ['history -c', 'history -ac', 'history -w x'],
  }),
  look('bind', 'shows keys', {
    raise: [{ options: '-x -f -q -u -r -m', to: 'beyond', why: 'changes what keys do' }],
    most: { words: 0, to: 'beyond', why: 'changes what keys do' },
    match: ['bind -P', 'bind -l'],
    notMatch: ['bind -x x', 'bind -f x'],
  }),
  look('alias', 'shows other names for commands', {
    most: { words: 0, to: 'beyond', why: 'gives a word another meaning' },
    match: ['alias'],
    notMatch: ['alias ls=id'],
  }),
  look('compgen complete compopt', 'completes words', {
    raise: [{ options: '-C -F -W', to: 'beyond', why: 'runs a line for a shell' }],
    match: ['compgen -c'],
    notMatch: ['compgen -C id', 'complete -C id x', 'compgen -W $(id)'],
  }),
  look('hash', 'shows where programs are', {
    raise: [{ options: '-p', to: 'beyond', why: 'gives a word another meaning' }],
    match: ['hash', 'hash -t git'],
    notMatch: ['hash -p /tmp/x ls'],
  }),
  look('jobs', 'shows what runs', {
    raise: [{ options: '-x', to: 'beyond', why: 'runs another program' }],
    match: ['jobs -l'],
    notMatch: ['jobs -x id'],
  }),
  look('unalias', 'takes a meaning from a word', { match: ['unalias x'], notMatch: [] }),
  lose('source .', 'runs a script', {
    match: ['source a', '. a'],
    notMatch: ['source /etc/profile', '. ~/.bashrc', 'source .env'],
  }),
  beyond('eval trap enable fc', 'runs code given with it', {
    match: ['eval id', 'trap id EXIT', 'enable -f a.so x', 'fc -s'],
    notMatch: [],
  }),
];
