import type { CommandRule } from './command-rule.ts';
import { beyond, loads, lose } from './rule.ts';

const why = 'runs a script, which may do anything in this folder';

/** Programs that run a file. Their options are closed lists: most others run code that no file holds. */
export const interpreters: readonly CommandRule[] = [
  lose('sh bash dash ash zsh ksh mksh fish tcsh csh elvish xonsh rbash yash', why, {
    interprets: true,
    leading: { flags: '-e -u -x -v -f -C +x', valued: '-o' },
    match: ['sh a.sh', 'bash -eu a.sh x'],
    notMatch: [
      'sh',
      'bash -c id',
      'zsh -lc id',
      'sh -s',
      'bash /dev/stdin',
      'bash --rcfile a b',
      'bash a.sh /etc/x',
      'bash -i',
    ],
  }),
  lose('python pypy micropython', why, {
    about: '-V',
    interprets: true,
    leading: {
      flags: '-u -B -I -s -S -E -O -OO -v -q -b -d -P',
      valued: '-W -X -m --check-hash-based-pycs',
    },
    modules:
      'pytest unittest doctest json.tool compileall py_compile tabnanny pyflakes flake8 pylint mypy black isort ruff coverage tox nox build venv virtualenv sphinx mkdocs cProfile pstats trace this calendar tokenize ast dis inspect sysconfig platform site base64 gzip zipfile tarfile',
    match: ['python a.py', 'python -u a.py x', 'python -Wc a.py', 'python -m pytest -q'],
    notMatch: [
      'python',
      'python -c 1',
      'python -Ic 1',
      'python -',
      'python -m timeit 1',
      'python -m pip install x',
      'python -i a.py',
    ],
  }),
  lose('node nodejs', why, {
    about: '-v -h',
    interprets: true,
    alone: '--test',
    leading: {
      flags:
        '--test --check -c --enable-source-maps --no-warnings --trace-warnings --throw-deprecation --trace-deprecation --experimental-strip-types --experimental-transform-types --preserve-symlinks --abort-on-uncaught-exception --watch --max-old-space-size --stack-trace-limit --unhandled-rejections --test-reporter --test-name-pattern --test-only',
    },
    match: [
      'node a.js',
      'node --test',
      'node --test a.js',
      'node --max-old-space-size=100 a.js -e x',
    ],
    notMatch: [
      'node',
      'node --check',
      'node --test -',
      'node -e 1',
      'node -pe 1',
      'node -r a b',
      'node --import a b',
      'node --env-file=a b',
      'node --run x',
      'node --experimental-loader=a b',
      'node --eval=1',
    ],
  }),
  lose('perl', why, {
    about: '-v -V',
    interprets: true,
    leading: { flags: '-w -W -T -t -X -c -s' },
    match: ['perl a.pl', 'perl -w a.pl'],
    notMatch: [
      'perl',
      'perl -e 1',
      'perl -pi -e 1 a',
      'perl -ne 1',
      'perl -Mx a.pl',
      'perl -Ix a.pl',
    ],
  }),
  lose('ruby jruby', why, {
    about: '-h',
    interprets: true,
    leading: { flags: '-w -W -c -v --disable-gems --yjit --jit' },
    match: ['ruby a.rb', 'ruby -w a.rb'],
    notMatch: ['ruby', 'ruby -e 1', 'ruby -r/tmp/a b', 'ruby -rx b', 'ruby -Ix a.rb'],
  }),
  lose('php', why, {
    about: '-v -i -m',
    interprets: true,
    leading: { flags: '-n -q -l', valued: '-f' },
    match: ['php a.php', 'php -l a.php'],
    notMatch: [
      'php -r 1',
      'php -d auto_prepend_file=x a.php',
      'php',
      'php -S localhost:1',
      'php -a',
    ],
  }),
  lose(
    'lua luajit tclsh wish guile racket sbcl clisp emacsclient scheme escript octave Rscript julia groovy scala kotlin kotlinc ocaml runghc runhaskell swift dart elixir crystal nim janet clojure clj ts-node tsx gjs qjs R',
    why,
    {
      interprets: true,
      leading: { flags: '-w --no-init --quiet --script --no-save --no-restore --vanilla' },
      match: ['lua a.lua', 'Rscript a.R', 'tsx a.ts'],
      notMatch: ['lua', 'lua -e 1', 'Rscript -e 1', 'tsx -e 1', 'julia -e 1', 'groovy -e 1'],
    },
  ),
  lose('java', why, {
    about: '-version --version',
    interprets: true,
    leading: { valued: '-cp -classpath --class-path', flags: '-jar -ea -esa' },
    match: ['java a.java', 'java -cp a Main', 'java -jar a.jar'],
    notMatch: ['java', 'java -javaagent:x -jar a.jar'],
  }),
  beyond('deno bun', 'runs code given with it, or installs', {
    subs: [
      lose('run test check fmt lint build doc info', why, {
        raise: [
          loads('-r --preload --import --config -c --import-map --env-file --eval -e'),
          {
            words: /^(https?|npm|jsr|data):/,
            to: 'beyond',
            why: 'runs code from the network',
          },
        ],
        match: ['bun run a.ts', 'deno fmt'],
        notMatch: ['deno run https://x/a.ts', 'bun run --preload a b', 'deno run npm:x'],
      }),
    ],
    match: ['deno eval 1', 'bun install', 'bun x y', 'bun -e 1'],
    notMatch: ['deno run a.ts'],
  }),
  beyond(
    'osascript powershell pwsh cmd wscript cscript mshta iex irm iwr jshell irb pry ipython jupyter ghci erl bpython ptpython dc rundll32 regsvr32 Invoke-Expression Invoke-WebRequest Invoke-RestMethod',
    'runs code that it is handed',
    {
      match: ['osascript -e x', 'pwsh -c x', 'ipython'],
      notMatch: ['pwsh --version'],
    },
  ),
  beyond('sqlite3 duckdb', 'may run programs and write files from its commands', {
    match: ['sqlite3 a.db .tables'],
    notMatch: ['sqlite3 --version'],
  }),
];
