import { posix } from './quote.ts';
import type { Place, Values, Word } from './words.ts';

/**
 * For bash 3.2 and newer. The words so far that are commands make the path, others are counted as its
 * arguments; where nothing is known of a value or an argument, the shell completes files.
 */
export const bash = (places: readonly Place[]): string => `# atom completion bash
_atom() {
  local IFS=$' \\t\\n' current="\${COMP_WORDS[COMP_CWORD]}" path='' commands='' options='' values='' args=''
  local word option='' profile='' at taken=0
  _atom_at ''
  local every="$options" all="$values"
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    case "$word" in
      --) COMPREPLY=(); return ;;
      -*) case "$values$all " in *" $word="*)
        # What stands behind it is its value; bash takes an equals sign for a word of its own.
        at=$((at + 1))
        [ "$at" -lt "$COMP_CWORD" ] && [ "\${COMP_WORDS[at]}" = = ] && at=$((at + 1))
        if [ "$at" -ge "$COMP_CWORD" ]; then option="$word"
        elif [ "$word" = -p ] || [ "$word" = --profile ]; then profile="\${COMP_WORDS[at]}"
        fi ;;
      esac ;;
      *) case " $commands " in
        *" $word "*) path="\${path:+$path }$word"; taken=0; _atom_at "$path" ;;
        *) taken=$((taken + 1)) ;;
      esac ;;
    esac
  done
  [ "$current" = = ] && current=''
  if [ -n "$option" ]; then word="$values$all "; word="\${word#*" $option="}"
  elif [ "\${current:0:1}" = - ]; then COMPREPLY=($(compgen -W "$options $every" -- "$current")); return
  elif [ -n "$commands" ]; then COMPREPLY=($(compgen -W "$commands" -- "$current")); return
  else
    for ((at = 0; at < taken; at++)); do args="\${args#* }"; done
    word="$args"
  fi
  word="\${word%% *}"
  COMPREPLY=($(compgen -W "$(_atom_words "\${word//,/ }")" -- "$current"))
}
_atom_words() {
  for word in $1; do
    case "$word" in
      @*) command atom completion-values "\${word#@}" \${profile:+-p "$profile"} 2>/dev/null ;;
      *) echo "$word" ;;
    esac
  done
}
_atom_at() {
  options='' values='' args='' commands=''
  case "$1" in
${places.map(at).join('\n')}
  esac
}
complete -o default -F _atom atom
`;

const at = ({ path, commands, options, values, args }: Place): string =>
  `    ${posix(path)}) ${[
    ...assigned('commands', joined(commands)),
    ...assigned('options', joined(options)),
    ...assigned('values', Object.entries(values).map(valued).join('')),
    // One more space than there are arguments: what is behind the last one is empty.
    ...assigned('args', args.map((one) => `${one.join(',')} `).join('')),
  ].join(' ')} ;;`;

const assigned = (name: string, text: string): readonly string[] =>
  text === '' ? [] : [`${name}=${posix(text)}`];

const joined = (words: readonly Word[]): string => words.map(({ word }) => word).join(' ');

const valued = ([name, values]: [string, Values]): string => ` ${name}=${values.join(',')}`;
