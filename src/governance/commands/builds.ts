import type { CommandRule } from './command-rule.ts';
import { beyond, loads, lose, runs } from './rule.ts';

const projects = 'runs what this project defines';

/** What builds and checks projects: it runs what their files say, within this folder. */
export const builds: readonly CommandRule[] = [
  lose(
    'make gmake bmake ninja samu just task mage rake scons waf bazel bazelisk buck buck2 pants please tup redo remake ant mvn mvnw gradle gradlew sbt lein mill xcodebuild msbuild dotnet meson autoreconf autoconf automake configure premake5 qmake grunt gulp webpack rollup vite parcel esbuild swc babel jest vitest mocha ava tap c8 nyc karma cypress playwright tox nox pytest py.test invoke phpunit rspec cucumber ctest',
    projects,
    {
      raise: [
        {
          words: /^-D(exec|maven\.ext)|^(SHELL|MAKEFLAGS|\.SHELLFLAGS|CC|CXX|LD|AR|PATH)[:+?]?=/,
          to: 'beyond',
          why: 'decides what programs run',
        },
        {
          words: /^(deploy|publish|release|push|upload|run-script|nuget|workload|tool)([:-].*)?$/,
          to: 'beyond',
          why: 'may leave this machine',
        },
        loads('--eval -I --include-dir --init-script --override-input --global-settings'),
      ],
      match: ['make', 'make -j4 all', 'pytest -q', 'mvn test', 'vitest run', 'gradle build'],
      notMatch: ['make SHELL=/tmp/e', 'make -f /etc/x', 'mvn deploy', 'make -C /', 'make --eval=x'],
    },
  ),
  lose('cmake cpack', projects, {
    raise: [
      { options: '-E -P', to: 'beyond', why: 'runs commands or a script' },
      { options: '--install --open', to: 'beyond', why: 'installs' },
      {
        words: /^-DCMAKE_\w*(COMPILER|LAUNCHER|LINKER|PROGRAM)/,
        to: 'beyond',
        why: 'decides what programs run',
      },
    ],
    longShorts: true,
    match: ['cmake -B build', 'cmake --build build'],
    notMatch: [
      'cmake -E rm a',
      'cmake -P a.cmake',
      'cmake -DCMAKE_C_COMPILER=x .',
      'cmake --install build',
    ],
  }),
  lose(
    'gcc g++ cc c++ clang clang++ ld ld.gold lld gold as cpp nasm yasm rustc gfortran gnat ifort icc nvcc tcc zig gdc ldc2 dmd fpc ghc ocamlopt ocamlc javac scalac valac protoc flex bison yacc lex swiftc tsc ldd strip objcopy install_name_tool wasm-pack emcc em++ wat2wasm pyinstaller cython cythonize nuitka gccgo mcs csc fsc erlc',
    'compiles, and writes what it makes',
    {
      raise: [
        {
          options:
            '-wrapper -B -specs --specs -fplugin -Xclang -load -fuse-ld -plugin --plugin -processorpath -J-agentpath -fpass-plugin --sysroot -dynamic-linker',
          to: 'beyond',
          why: 'runs or loads what is elsewhere',
        },
        {
          words:
            /^(@|-fplugin|-specs|--plugin|-B.|-J|-Clinker|-fuse-ld)|linker=|^(build-exe|fetch)$/,
          to: 'beyond',
          why: 'runs or loads what is elsewhere',
        },
      ],
      longShorts: true,
      match: ['gcc -O2 a.c -o a', 'tsc --noEmit', 'rustc a.rs', 'javac A.java'],
      notMatch: [
        'gcc -wrapper /tmp/e x.c',
        'gcc -B/tmp x.c',
        'clang -fplugin=x a.c',
        'gcc a.c -o /etc/x',
        'gcc @a',
      ],
    },
  ),
  lose(
    'eslint prettier biome stylelint tslint standard xo ruff black isort autopep8 yapf flake8 pylint mypy pyright bandit rubocop standardrb shellcheck shfmt gofmt goimports golangci-lint staticcheck clang-format clang-tidy cppcheck rustfmt ktlint detekt checkstyle hadolint yamllint markdownlint vale codespell typos dprint oxlint knip depcheck madge sqlfluff actionlint ansible-lint tflint phpstan phpcs phpcbf psalm terraform-docs svgo htmlhint commitlint cspell hlint ormolu scalafmt swiftlint swiftformat buf',
    'checks files by rules of this project, and may mend them',
    {
      raise: [
        loads(
          '--plugin --rulesdir --resolve-plugins-relative-to --parser --require --load-plugins',
        ),
        runs('--exec'),
      ],
      match: ['eslint .', 'prettier --write a', 'ruff check', 'shellcheck a.sh'],
      notMatch: ['eslint --rulesdir x .', 'prettier --plugin=x a', 'prettier --write /etc/x'],
    },
  ),
  lose(
    'ffmpeg convert magick mogrify montage composite pandoc pdflatex xelatex lualatex latex tex bibtex biber gs ghostscript pdftk qpdf pdftotext pdftoppm pdfunite pdfseparate img2pdf exiftool sox lame flac optipng pngquant jpegoptim cwebp dot neato fdp plantuml mmdc gnuplot inkscape soffice libreoffice unoconv wkhtmltopdf weasyprint tesseract dvips asciidoctor asciidoc sphinx-build mkdocs hugo jekyll doxygen typst gitstats groff troff nroff',
    'makes files from others',
    {
      raise: [
        {
          options:
            '-shell-escape --shell-escape -enable-write18 --lua-filter --filter -F -L --pdf-engine -dNOSAFER --pdf-engine-opt --config -config --actions --export-script',
          to: 'beyond',
          why: 'runs other programs',
        },
        {
          words:
            /^(msl|mvg|ephemeral|https?|ftp|rtmp|tcp|udp|rtsp|srt|concat|subfile|\|)[:|]|^(deploy|serve|gh-deploy|server)$|^[|]/,
          to: 'beyond',
          why: 'leaves this machine or runs other programs',
        },
      ],
      longShorts: true,
      match: ['ffmpeg -i a.mp4 b.mp3', 'convert a.png b.jpg', 'pandoc a.md -o a.pdf'],
      notMatch: [
        'pandoc --lua-filter=x a',
        'pdflatex -shell-escape a',
        'ffmpeg -i https://x a',
        'hugo deploy',
        'convert a /etc/x',
      ],
    },
  ),
  beyond(
    'fab capistrano cap dh_make dpkg-buildpackage rpmbuild mock pbuilder checkinstall debuild vagrant release-it semantic-release np goreleaser',
    'builds and delivers what others install',
    {
      match: ['fab deploy', 'goreleaser release', 'vagrant up'],
      notMatch: ['fab --version'],
    },
  ),
];
