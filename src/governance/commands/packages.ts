import type { CommandRule, Raise } from './command-rule.ts';
import { beyond, fetches, look, lose } from './rule.ts';

const installs = 'may fetch and run what others wrote, or publish';
const projects = 'runs what this project defines';

const elsewhere: Raise = {
  options:
    '--prefix --script-shell --userconfig --globalconfig -C --cwd --dir --global -g --location --node-options --registry --ignore-scripts=false --call -c --package',
  to: 'beyond',
  why: 'takes settings or scripts from elsewhere',
};

/** Package managers. What they install runs as soon as it is installed. */
export const packages: readonly CommandRule[] = [
  beyond('npm pnpm yarn cnpm', installs, {
    about: '-v -h',
    raise: [elsewhere],
    leading: { flags: '-s -q --silent --quiet --json --offline --no-audit --no-fund --yes -y' },
    subs: [
      look('ls list la ll root bin help why explain prefix licenses', 'only reads', {
        match: ['npm ls', 'npm root', 'yarn why x'],
        notMatch: ['npm ls --prefix /x', 'npm root -g'],
      }),
      fetches('ci clean-install', 'installs what the lock file names', {
        match: ['npm ci', 'npm clean-install'],
        notMatch: [
          'npm ci --prefix /x',
          'npm ci --registry http://x',
          'npm ci --script-shell=/tmp/e',
        ],
      }),
      lose(
        'run run-script rum urn test t tst start stop restart build lint dev format typecheck check coverage pack dedupe prune uninstall remove rm un unlink rebuild version pkg',
        projects,
        {
          raise: [
            {
              words: /^(deploy|publish|release|push|upload)([:-].*)?$/,
              to: 'beyond',
              why: 'may leave this machine',
            },
          ],
          match: ['npm test', 'npm run build', 'yarn build', 'pnpm lint'],
          notMatch: [
            'npm run deploy',
            'npm run x --script-shell=/tmp/e',
            'npm --prefix /tmp run x',
            'npm run x -C /',
          ],
        },
      ),
    ],
    match: [
      'npm install',
      'npm i x',
      'yarn',
      'npm exec x',
      'npm publish',
      'pnpm dlx x',
      'npm audit fix',
    ],
    notMatch: ['npm ls', 'npm test'],
  }),
  beyond(
    'npx bunx pnpx corepack nvm fnm volta n asdf mise rtx pyenv rbenv jenv sdk proto',
    'runs or installs what others wrote',
    {
      match: ['npx x', 'npx -y evil'],
      notMatch: ['npx --version'],
    },
  ),
  beyond(
    'pip pipx uv uvx poetry pdm rye hatch conda mamba micromamba pipenv easy_install flit twine',
    installs,
    {
      subs: [
        look('list show freeze check help debug inspect hash', 'only reads', {
          raise: [
            {
              options:
                '--index-url -i --extra-index-url --proxy --outdated -o --log --python --path',
              to: 'beyond',
              why: 'asks elsewhere',
            },
          ],
          match: ['pip list', 'pip show x', 'pip freeze'],
          notMatch: ['pip list --outdated', 'pip list --log a'],
        }),
        lose('uninstall remove wheel cache lock build', 'changes what is installed', {
          match: ['pip uninstall x', 'poetry lock'],
          notMatch: ['pip uninstall -r /etc/x'],
        }),
      ],
      match: [
        'pip install x',
        'pip download x',
        'uv run --with evil x',
        'twine upload a',
        'poetry publish',
        'conda install x',
      ],
      notMatch: ['pip list'],
    },
  ),
  beyond('cargo', installs, {
    about: '-V -h',
    raise: [
      {
        options: '--config -Z --manifest-path -C --target-dir --index --registry',
        to: 'beyond',
        why: 'takes settings or code from elsewhere',
      },
    ],
    leading: { flags: '-q -v -vv --quiet --verbose --offline --frozen --locked' },
    subs: [
      look(
        'tree metadata pkgid locate-project verify-project read-manifest help version',
        'only reads',
        {
          match: ['cargo tree', 'cargo metadata'],
          notMatch: ['cargo tree --config x'],
        },
      ),
      lose(
        'build b test t run r check c clippy bench doc d fmt fix clean new init generate-lockfile rustc rustdoc package nextest expand miri machete',
        projects,
        {
          match: ['cargo build', 'cargo test', 'cargo clean'],
          notMatch: [
            'cargo build --config x',
            'cargo build --manifest-path /etc/x',
            'cargo run -Z x',
          ],
        },
      ),
    ],
    match: ['cargo install x', 'cargo publish', 'cargo +nightly build', 'cargo fetch'],
    notMatch: ['cargo build'],
  }),
  beyond('go', installs, {
    raise: [
      {
        options:
          '-toolexec -exec -overlay -modfile -pkgdir -vettool -C -ldflags -gcflags -asmflags -gccgoflags -compiler',
        to: 'beyond',
        why: 'runs or loads what is elsewhere',
      },
    ],
    subs: [
      look('version list doc help', 'only reads', {
        longShorts: true,
        match: ['go version', 'go list x'],
        notMatch: ['go list -toolexec x', 'go list -modfile=x'],
      }),
      look('env', 'shows settings', {
        raise: [{ options: '-w -u', to: 'beyond', why: 'changes settings of every project' }],
        match: ['go env'],
        notMatch: ['go env -w A=b'],
      }),
      lose('build test vet run fmt generate clean fix tool', projects, {
        longShorts: true,
        raise: [
          { words: /@(latest|v\d|main|master)/, to: 'beyond', why: 'fetches what others wrote' },
        ],
        match: ['go build x', 'go test -v x', 'go vet'],
        notMatch: ['go build -toolexec /tmp/e', 'go run x@latest', 'go test -exec=sh'],
      }),
      lose('mod work', 'changes what this project needs', {
        raise: [{ words: /^(download|tidy|vendor|why|graph)$/, to: 'beyond', why: installs }],
        match: ['go mod edit', 'go mod init x'],
        notMatch: ['go mod download', 'go mod tidy'],
      }),
    ],
    match: ['go get x', 'go install x', 'go'],
    notMatch: ['go build'],
  }),
  beyond(
    'gem bundle bundler composer luarocks cpan cpanm cpm mix rebar3 opam cabal stack raco nuget paket pod carthage conan vcpkg spack nimble shards dub pub tlmgr npm-check ncu lerna nx turbo changeset',
    installs,
    {
      subs: [
        look('list help environment', 'only reads', {
          raise: [{ options: '--remote -r --source', to: 'beyond', why: 'asks over the network' }],
          match: ['gem list'],
          notMatch: ['gem list -r'],
        }),
        lose('check exec run build test compile format show uninstall remove clean', projects, {
          match: ['bundle exec x', 'mix test', 'composer show'],
          notMatch: ['bundle exec /etc/x'],
        }),
      ],
      match: ['gem install x', 'bundle install', 'composer require x'],
      notMatch: ['gem list'],
    },
  ),
  beyond(
    'apt apt-get aptitude dnf yum microdnf rpm zypper pacman yay paru apk emerge xbps-install snap flatpak brew port nix nix-env nix-shell nixos-rebuild guix dpkg dpkg-reconfigure alternatives update-alternatives softwareupdate mas winget choco scoop pkg pkgin pkg_add opkg eopkg slackpkg swupd rpm-ostree debconf-set-selections add-apt-repository apt-key apt-mark',
    'changes the system',
    {
      subs: [
        look('list show policy depends rdepends showpkg', 'only reads', {
          match: ['apt list', 'apt show x', 'apt list --installed'],
          notMatch: [],
        }),
      ],
      match: [
        'apt-get install x',
        'apt update',
        'dnf remove x',
        'brew install x',
        'dpkg -i a.deb',
        'pacman -Syu',
      ],
      notMatch: ['apt list'],
    },
  ),
  look('apt-cache dpkg-query rpmquery apt-file pkg-config pkgconf', 'only reads', {
    match: ['apt-cache policy x', 'pkg-config --libs x'],
    notMatch: [],
  }),
];
