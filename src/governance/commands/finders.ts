import type { CommandRule } from './command-rule.ts';
import { look, lose, runs, writes } from './rule.ts';

/** Programs that read until one of their many words says otherwise. */
export const finders: readonly CommandRule[] = [
  look('find gfind bfs', 'only looks for files', {
    longShorts: true,
    runs: { how: 'find' },
    raise: [
      { options: '-delete', to: 'lose', why: 'deletes what it finds' },
      writes('-fprint -fprint0 -fprintf -fls'),
    ],
    match: [
      'find . -name *.ts',
      'find /usr -type f -size +1M',
      'find . -exec grep x {} ;',
      'find . -exec wc -l {} +',
    ],
    notMatch: [
      'find . -delete',
      'find . -exec rm {} ;',
      'find . -fprintf x %p',
      'find -- . -delete',
      'find . -exec sh -c id ;',
      'find . -name x -ok rm {} ;',
      'find / -name id_rsa',
    ],
  }),
  look('fd fdfind', 'only looks for files', {
    pattern: '--and',
    raise: [runs('-x -X --exec --exec-batch')],
    match: ['fd -e ts', 'fd -H x src'],
    notMatch: ['fd -x id', 'fd --exec-b id'],
  }),
  look('xargs gxargs', 'builds a command', {
    leading: {
      flags: '-0 -r -t -p -x -o --null --no-run-if-empty --verbose --interactive --exit --open-tty',
      valued:
        '-a -d -E -I -J -L -n -P -R -S -s --arg-file --delimiter --max-lines --max-args --max-procs --max-chars --process-slot-var',
      glued: '-i -e -l --replace --eof',
    },
    runs: { how: 'rest', more: true, replace: '-I -J -i --replace' },
    match: ['xargs', 'xargs -0 grep x', 'xargs -I{} basename {}', 'xargs -n 1 -P4 md5sum'],
    notMatch: [
      'xargs rm',
      'xargs -I{} sh -c id',
      'xargs sort',
      'xargs -I% % x',
      'xargs --weird ls',
      'xargs -I{} sort {}',
    ],
  }),
  lose('parallel rush', 'runs a line for each input', {
    raise: [{ words: /./, to: 'beyond', why: 'runs a line for a shell' }],
    match: ['parallel'],
    notMatch: ['parallel rm', 'parallel -j4 gzip'],
  }),
  look('sed gsed', 'changes text on its way', {
    script: 'sed',
    leading: {
      flags:
        '-n -E -r -s -u -z -b -a --quiet --silent --regexp-extended --separate --unbuffered --null-data --debug --posix --sandbox --follow-symlinks --binary',
      valued: '-e -f -l --expression --file --line-length',
      glued: '-i -I --in-place',
    },
    raise: [
      { options: '-i -I --in-place', to: 'lose', why: 'rewrites files' },
      { options: '-f --file', to: 'lose', why: 'its script is in a file' },
    ],
    match: [
      'sed -n 1p a',
      'sed s/a/b/g',
      'sed -e s/^x// -e /y/d a',
      'sed -nE s/(a|b)/c/gp a',
      'sed $d a',
      'sed 1,/x/{/y/!d;s/[^a]/b/;} a',
    ],
    notMatch: [
      'sed -i s/a/b/ a',
      'sed s/a/b/e a',
      'sed s/a/b/w a',
      'sed 1e a',
      'sed -f a b',
      'sed -n wout a',
      'sed -ni p a',
      'sed --in-pl p a',
      'sed r.env a',
      'sed p a -i',
    ],
  }),
  look('awk gawk mawk nawk original-awk goawk', 'changes text on its way', {
    script: 'awk',
    leading: {
      flags:
        '-b -c -C -h -M -n -N -O -P -r -s -S -t -V --characters-as-bytes --traditional --bignum --non-decimal-data --posix --re-interval --sandbox --version',
      valued: '-F -v -e -f -m -W --field-separator --assign --source --file',
    },
    match: [
      'awk {print} a',
      'awk -F: $3>5{print($1)} a',
      'awk /a|b/{n++}END{print(n)} a',
      'awk -v x=1 x||y a',
    ],
    notMatch: [
      'awk BEGIN{system("id")}',
      'awk {print>"x"} a',
      'awk {print|"sh"} a',
      'awk {"id"|getline} a',
      'awk -i inplace {print} a',
      'awk -l x {print}',
      'awk -f a.awk b',
    ],
  }),
];
