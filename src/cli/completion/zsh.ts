import { posix } from './quote.ts';
import type { Place, Word } from './words.ts';

/** For zsh, with what each word is for. Where nothing is known of a value or an argument, it completes files. */
export const zsh = (places: readonly Place[]): string => `#compdef atom
# atom completion zsh
_atom_at() {
  commands=() options=() values=() args=()
  case "$1" in
${places.map(at).join('\n')}
  esac
}
_atom() {
  local place='' word option='' profile=''
  local -a commands options values args every all found
  local -i at taken=0
  _atom_at ''
  every=($options) all=($values)
  for ((at = 2; at < CURRENT; at++)); do
    word="\${words[at]}"
    if [[ "$word" == -- ]]; then _files; return
    elif [[ "$word" == -* ]]; then
      (( \${values[(I)\${(b)word}=*]} || \${all[(I)\${(b)word}=*]} )) || continue
      (( at++ ))
      if (( at >= CURRENT )); then option="$word"
      elif [[ "$word" == (-p|--profile) ]]; then profile="\${words[at]}"
      fi
    elif (( \${commands[(I)\${(b)word}:*]} )); then
      place="\${place:+$place }$word" taken=0
      _atom_at "$place"
    else (( taken++ ))
    fi
  done
  word="\${words[CURRENT]}"
  if [[ -z "$option" && "$word" == --*=* ]]; then
    option="\${word%%=*}"
    compset -P '*='
  fi
  if [[ -n "$option" ]]; then
    found=(\${(M)values:#\${(b)option}=*} \${(M)all:#\${(b)option}=*})
    _atom_words "\${found[1]#*=}"
  elif [[ "$word" == -* ]]; then
    [[ -n "$place" ]] && options+=($every)
    _describe -o option options
  elif (( \${#commands} )); then _describe command commands
  else _atom_words "\${args[taken + 1]}"
  fi
}
_atom_words() {
  local one
  local -a all
  for one in \${(s:,:)1}; do
    if [[ "$one" == @* ]]; then
      all+=(\${(f)"$(command atom completion-values "\${one#@}" \${profile:+-p "$profile"} 2>/dev/null)"})
    else all+=("$one")
    fi
  done
  if (( \${#all} )); then compadd -a all; else _files; fi
}
if [ "$funcstack[1]" = _atom ]; then _atom "$@"; else compdef _atom atom; fi
`;

const at = ({ path, commands, options, values, args }: Place): string =>
  `    ${posix(path)}) ${[
    ...assigned('commands', commands.map(described)),
    ...assigned('options', options.map(described)),
    ...assigned(
      'values',
      Object.entries(values).map(([name, words]) => `${name}=${words.join(',')}`),
    ),
    ...assigned(
      'args',
      args.map((words) => words.join(',')),
    ),
  ].join(' ')} ;;`;

const assigned = (name: string, words: readonly string[]): readonly string[] =>
  words.length === 0 ? [] : [`${name}=(${words.map(posix).join(' ')})`];

/** A colon parts a word from what it is for. */
const described = ({ word, says }: Word): string => `${word}:${says}`;
