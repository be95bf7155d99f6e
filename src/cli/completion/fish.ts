import { fish as quoted } from './quote.ts';
import type { Place, Word } from './words.ts';

/** For fish, with what each word is for. Where nothing is known of a value or an argument, it completes files. */
export const fish = (places: readonly Place[]): string => `# atom completion fish
# Both see and set the variables of whoever calls them.
function __atom_at --no-scope-shadowing
    set commands
    set options
    set values
    set args
    switch $place
${places.map(at).join('\n')}
    end
end
function __atom_words --no-scope-shadowing
    for found in (string split , -- $list)
        if string match -q -- '@*' $found
            set -l of
            test -n "$profile"; and set of -p $profile
            set found (command atom completion-values (string sub -s 2 -- $found) $of 2>/dev/null)
        end
        string match -q -- '?*' $found; and printf "$before%s\\n" $found
    end
end
function __atom_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l place ''
    set -l commands
    set -l options
    set -l values
    set -l args
    __atom_at
    set -l every $options
    set -l all $values
    set -l option ''
    set -l profile ''
    set -l list ''
    set -l before ''
    set -l found
    set -l taken 1
    for word in $typed[2..-1]
        if test -n "$option"
            contains -- $option -p --profile; and set profile $word
            set option ''
        else if test "$word" = --
            __fish_complete_path $current
            return
        else if string match -q -- '-*' $word
            contains -- $word (string replace -r '=.*' '' -- $values $all); and set option $word
        else if contains -- $word (string replace -r '\\t.*' '' -- $commands)
            set place (string trim -- "$place $word")
            set taken 1
            __atom_at
        else
            set taken (math $taken + 1)
        end
    end
    if test -z "$option"; and string match -q -- '--*=*' $current
        set option (string replace -r '=.*' '' -- $current)
        set before "$option="
    end
    if test -n "$option"
        for one in $values $all
            test (string replace -r '=.*' '' -- $one) = "$option"; or continue
            set list (string replace -r '^[^=]*=' '' -- $one)
            break
        end
    else if string match -q -- '-*' $current
        printf '%s\\n' $options
        test -n "$place"; and printf '%s\\n' $every
        return
    else if test (count $commands) -gt 0
        printf '%s\\n' $commands
        return
    else if test (count $args) -ge $taken
        set list $args[$taken]
    end
    if test -n "$list"
        __atom_words
    else
        __fish_complete_path (string replace -- "$before" '' $current)
    end
end
complete -c atom -f -a '(__atom_complete)'
`;

const at = ({ path, commands, options, values, args }: Place): string =>
  [
    `        case ${quoted(path)}`,
    ...assigned('commands', commands.map(described)),
    ...assigned('options', options.map(described)),
    ...assigned(
      'values',
      Object.entries(values).map(([name, words]) => quoted(`${name}=${words.join(',')}`)),
    ),
    ...assigned(
      'args',
      args.map((words) => quoted(words.join(','))),
    ),
  ].join('\n');

const assigned = (name: string, words: readonly string[]): readonly string[] =>
  words.length === 0 ? [] : [`            set ${name} ${words.join(' ')}`];

/** A tab parts a word from what it is for. */
const described = ({ word, says }: Word): string =>
  says === '' ? quoted(word) : `${quoted(word)}\\t${quoted(says)}`;
