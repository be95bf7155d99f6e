import { posix } from './quote.ts';
import type { Place, Word } from './words.ts';

/**
 * For bash 3.2 and newer. The words so far that are commands make the path; a word behind an option that takes
 * a value is left to the shell, which completes files.
 */
export const bash = (places: readonly Place[]): string => `# atom completion bash
_atom() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' commands='' options='' valued='' word at
  _atom_at ''
  local every="$options" all="$valued"
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    case "$word" in
      -*) case " $valued $all " in *" $word "*) at=$((at + 1)) ;; esac ;;
      *) case " $commands " in
        *" $word "*) path="\${path:+$path }$word"; _atom_at "$path" ;;
      esac ;;
    esac
  done
  COMPREPLY=()
  [ "$at" -gt "$COMP_CWORD" ] && return
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$options $every" -- "$current")) ;;
    *) COMPREPLY=($(compgen -W "$commands" -- "$current")) ;;
  esac
}
_atom_at() {
  case "$1" in
${places.map(at).join('\n')}
  esac
}
complete -o default -F _atom atom
`;

const at = ({ path, commands, options, valued }: Place): string =>
  `    ${posix(path)}) commands=${posix(joined(commands))} options=${posix(joined(options))} valued=${posix(valued.join(' '))} ;;`;

const joined = (words: readonly Word[]): string => words.map(({ word }) => word).join(' ');
