import type { CommandRule } from './command-rule.ts';
import { loads, look, runs, writes } from './rule.ts';

const why = 'only reads';
const does = 'does nothing by itself';

/** Programs that only look, unless an option says otherwise. */
export const readers: readonly CommandRule[] = [
  look(
    'cat tac nl head tail wc cut paste join comm tr rev fold fmt pr expand unexpand column colrm col ul tsort od hexdump hd strings base64 base32 basenc cksum sum b2sum md5sum sha1sum sha224sum sha256sum sha384sum sha512sum md5 shasum crc32 xxhsum cmp diff colordiff wdiff look zcat gzcat bzcat xzcat lzcat zstdcat lz4cat zmore bzmore xzmore isutf8 ts vis jot lsattr getfattr getfacl namei mediainfo pdfinfo pdffonts identify ffprobe nm objdump readelf size otool addr2line c++filt envsubst gron hexyl diffstat cloc tokei scc sloccount xsv qsv csvcut csvgrep csvlook csvsort csvstat csvjson in2csv pv mdcat glow zipdetails',
    why,
    {
      match: ['cat a.txt', 'head -c16 a', 'wc -l a b', 'diff -r a b', 'tail -n +3 /var/log/syslog'],
      notMatch: ['cat .env', 'head -5 ~/.ssh/id_rsa', 'cat /proc/self/environ'],
    },
  ),
  look(
    'ls dir vdir exa eza lsd stat du df pwd readlink realpath dirname basename pathchk locate mlocate plocate whereis which type whatis apropos findmnt lsblk blkid lsof',
    why,
    { match: ['ls -la src', 'stat a', 'du -sh .', 'which git'], notMatch: ['ls ~/.ssh'] },
  ),
  look(
    'id groups whoami who w users last lastb lastlog logname tty uname arch nproc uptime free vmstat iostat mpstat sar ps pstree pgrep pidof pidstat lscpu lsmem lspci lsusb lsmod lshw getconf locale cal ncal seq factor numfmt expr units yes getent sw_vers system_profiler vm_stat hostid lsb_release times dirs pwdx tload acpi sensors tput infocmp clear stty mesg tabs uuidgen pwgen fc-list zdump nvidia-smi dircolors neofetch screenfetch fastfetch figlet cowsay fortune lolcat toilet finger getopt bc',
    why,
    { match: ['id', 'ps aux', 'uname -v', 'seq 1 10', 'getconf ARG_MAX'], notMatch: [] },
  ),
  look('echo true false : sleep usleep wait break continue return exit shift', does, {
    text: true,
    match: ['echo hi', 'echo rm -rf /', 'echo /home/a/.env'],
    notMatch: [],
  }),
  look('printf test [ [[', does, {
    text: true,
    raise: [
      {
        words: /\[[^\]]{0,50}(\$\(|`)/,
        to: 'beyond',
        why: 'works out an expression that may run a program',
        literal: true,
      },
    ],
    match: ['printf %s /home/a/.env', 'test -f .env', '[ -d a ]'],
    notMatch: ['test -v a[$(id)]'],
  }),
  look('uniq', why, {
    most: { words: 1, to: 'lose', why: 'a second word is a file to write' },
    match: ['uniq -c a'],
    notMatch: ['uniq a b'],
  }),
  look('sdiff diff3 iconv', why, {
    raise: [writes('-o --output'), runs('--diff-program')],
    match: ['sdiff a b'],
    notMatch: ['sdiff -o c a b', 'sdiff --diff-program=sh a b'],
  }),
  look('printenv', 'shows variables', { match: ['printenv HOME'], notMatch: [] }),
  look('grep egrep fgrep zgrep zegrep zfgrep bzgrep xzgrep zstdgrep', why, {
    pattern: '-e -f --regexp --file',
    match: ['grep -rn needle src', 'grep .env README.md', 'grep -v ^$ a', 'egrep a|b c'],
    notMatch: ['grep -e needle .env', 'grep -f .env a', 'grep KEY .env'],
  }),
  look('rg ripgrep', why, {
    pattern: '-e -f --regexp --file',
    raise: [runs('--pre --hostname-bin -z --search-zip')],
    match: ['rg -n needle src', 'rg /etc/shadow src'],
    notMatch: ['rg --pre=sh x', 'rg -z x', 'rg KEY .env'],
  }),
  look('ag ack ugrep ug pt sift', why, {
    pattern: '-e -f --regexp --file',
    raise: [runs('--pager --filter --pre -z --search-zip --ackrc'), writes('--save-config')],
    match: ['ag needle src'],
    notMatch: ['ag --pager=sh x'],
  }),
  look('file', 'tells what files are', {
    raise: [
      writes('-C --compile'),
      runs('-z -Z --uncompress --uncompress-noreport'),
      loads('-m --magic-file'),
    ],
    match: ['file a', 'file -b --mime a'],
    notMatch: ['file -z a', 'file -C -m a'],
  }),
  look('tree', 'lists files', {
    raise: [writes('-o -R')],
    match: ['tree -L 2', 'tree -a src'],
    notMatch: ['tree -o x', 'tree -ao x'],
  }),
  look('sort gsort', 'sorts', {
    raise: [writes('-o --output'), runs('--compress-program')],
    match: ['sort -rn a', 'sort -t, -k2 a', 'sort -u -T x a'],
    notMatch: ['sort -o x a', 'sort --comp=sh a', 'sort -T -- -o out in', 'sort -ro y x'],
  }),
  look('shuf', 'shuffles', {
    raise: [writes('-o --output')],
    match: ['shuf a'],
    notMatch: ['shuf -o b a'],
  }),
  look('date gdate', 'tells the time', {
    raise: [{ options: '-s --set', to: 'beyond', why: 'sets the clock' }],
    match: ['date', 'date -u +%F', 'date -d yesterday'],
    notMatch: ['date -s 12:00', 'date --set=12:00'],
  }),
  look('xxd', 'shows bytes', {
    raise: [writes('-r -revert')],
    most: { words: 1, to: 'lose', why: 'a second word is a file to write' },
    match: ['xxd a'],
    notMatch: ['xxd -r a', 'xxd a b'],
  }),
  look(
    'hostname domainname dnsdomainname hostnamectl timedatectl localectl',
    'tells a name or a setting',
    {
      raise: [{ options: '-F --file -b --boot', to: 'beyond', why: 'sets it' }],
      most: { words: 0, to: 'beyond', why: 'may set it' },
      match: ['hostname', 'hostname -f'],
      notMatch: ['hostname x', 'timedatectl set-time 12:00'],
    },
  ),
  look('less more most zless bzless xzless', 'shows a file', {
    raise: [
      { words: /^\+/, to: 'beyond', why: 'runs a command of the pager' },
      writes('-o -O --log-file --LOG-FILE'),
      loads('-k --lesskey-file --lesskey-src --lesskey-content -T --tag-file'),
    ],
    match: ['less a', 'more /etc/hosts'],
    notMatch: ['less +!id a', 'less -o log a'],
  }),
  look('bat batcat', 'shows a file', {
    raise: [runs('--pager --diff'), loads('--config-file')],
    match: ['bat a'],
    notMatch: ['bat --pager=sh a'],
  }),
  look('man info tldr cheat', 'shows a manual', {
    raise: [
      runs('-P --pager -H --html -T -X -t --preprocessor -p'),
      loads('-C --config-file -M --manpath -l --local-file'),
    ],
    match: ['man git'],
    notMatch: ['man -P sh ls', 'man --html=sh ls', 'man -l a'],
  }),
  look('jq gojq jaq', 'reads data', {
    pattern: '-f --from-file',
    raise: [
      {
        words: /(?<![.\w"$])env\b|\$ENV|input_filename|\b(include|import)\b|\bget_search_list\b/,
        to: 'beyond',
        why: 'its filter reads variables or other files',
      },
      { options: '-f --from-file -L --library-path', to: 'lose', why: 'its filter is in a file' },
    ],
    match: ['jq . a.json', 'jq -r .env a.json', 'jq -s add', 'jq .a|.b a'],
    notMatch: ['jq -n env', 'jq -n $ENV.HOME', 'jq -f a.jq b', 'jq . .env'],
  }),
  look('yq xq tomlq dasel xmllint xmlstarlet', 'reads data', {
    pattern: '--from-file',
    raise: [
      writes('-i --inplace --in-place -o --output -s --split-exp -w --write -L'),
      {
        words: /(?<![.\w"$])(env|strenv|load\w*|envsubst)\b|\$ENV/,
        to: 'beyond',
        why: 'its filter reads variables or other files',
      },
      { options: '--from-file -f --shell', to: 'lose', why: 'its script is in a file' },
      { words: /^https?:/, to: 'beyond', why: 'leaves this machine' },
    ],
    match: ['yq .a a.yaml', 'xmllint --xpath //a a.xml'],
    notMatch: ['yq -i .a=1 a.yaml', 'yq -n env(HOME)', 'xmllint --output x a'],
  }),
];
