import { posix } from './quote.ts';
import type { Place, Word } from './words.ts';

/** For zsh, with what each word is for. A place with no commands below it completes files. */
export const zsh = (places: readonly Place[]): string => `#compdef atom
# atom completion zsh
_atom_at() {
  case "$1" in
${places.map(at).join('\n')}
  esac
}
_atom() {
  local place='' word
  local -a commands options valued every all
  local -i at
  _atom_at ''
  every=($options) all=($valued)
  for ((at = 2; at < CURRENT; at++)); do
    word="\${words[at]}"
    if [[ "$word" == -* ]]; then
      (( \${valued[(Ie)$word]} || \${all[(Ie)$word]} )) && (( at++ ))
    elif (( \${commands[(I)$word:*]} )); then
      place="\${place:+$place }$word"
      _atom_at "$place"
    fi
  done
  if (( at > CURRENT )); then _files; return; fi
  if [[ "\${words[CURRENT]}" == -* ]]; then
    [[ -n "$place" ]] && options+=($every)
    _describe -o option options
  elif (( \${#commands} )); then _describe command commands
  else _files
  fi
}
if [ "$funcstack[1]" = _atom ]; then _atom "$@"; else compdef _atom atom; fi
`;

const at = ({ path, commands, options, valued }: Place): string =>
  `    ${posix(path)}) commands=(${listed(commands)}) options=(${listed(options)}) valued=(${valued.map(posix).join(' ')}) ;;`;

/** A colon parts a word from what it is for. */
const listed = (words: readonly Word[]): string =>
  words.map(({ word, says }) => posix(`${word}:${says}`)).join(' ');
