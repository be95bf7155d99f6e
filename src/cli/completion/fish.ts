import { fish as quoted } from './quote.ts';
import type { Place } from './words.ts';

/** For fish, with what each word is for. Where no command fits, fish completes files. */
export const fish = (places: readonly Place[]): string => `# atom completion fish
function __atom_place
    set -l words (commandline -opc)
    set -l place ''
    for word in $words[2..-1]
        string match -q -- '-*' $word; and continue
        set -l next (string trim -- "$place $word")
        contains -- $next $__atom_places; and set place $next
    end
    echo $place
end
function __atom_is
    test (__atom_place) = "$argv[1]"
end
set -g __atom_places ${places.flatMap(({ path }) => (path === '' ? [] : [quoted(path)])).join(' ')}
${places.flatMap(lines).join('\n')}
`;

function lines({ path, commands, options, valued }: Place): readonly string[] {
  const here = `complete -c atom -n ${quoted(`__atom_is ${quoted(path)}`)}`;
  // What belongs to atom itself may stand everywhere.
  const there = path === '' ? 'complete -c atom' : here;
  return [
    ...commands.map(({ word, says }) => `${here} -f -a ${quoted(word)} -d ${quoted(says)}`),
    ...options.map(({ word, says }) => {
      const value = valued.includes(word) ? ' -r' : '';
      return `${there} -l ${quoted(word.replace(/^--/, ''))}${value} -d ${quoted(says)}`;
    }),
  ];
}
