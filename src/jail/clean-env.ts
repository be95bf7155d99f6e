import { AtomError } from '../base/errors.ts';
import { type ToolWorld, toolEnv } from './tool-env.ts';

const SYSTEM_PATH = ['/usr/local/bin', '/usr/bin', '/bin'];

/** Where programs are found inside a jail: toolchains first, as their owner expects. */
export const searchPath = (toolchains: readonly string[]): readonly string[] => [
  ...toolchains.map((prefix) => `${prefix}/bin`),
  ...SYSTEM_PATH,
];

/** Where things are for a jailed process, and what its tools need to know. */
export interface JailWorld extends ToolWorld {
  readonly home: string;
  readonly tmp: string;
}

/** The world of a jail that bubblewrap builds. */
export const bwrapWorld = (offline: boolean): JailWorld => ({
  home: '/home/atom',
  tmp: '/tmp',
  gitConfig: '/etc/gitconfig',
  offline,
});

/** The whole environment of a jailed process: nothing of the gateway's own is handed on. */
export const cleanEnv = (
  path: readonly string[],
  { home, tmp, ...tools }: JailWorld,
): Readonly<Record<string, string>> => ({
  PATH: path.join(':'),
  HOME: home,
  TMPDIR: tmp,
  LANG: 'C.UTF-8',
  TERM: 'dumb',
  NO_COLOR: '1',
  PAGER: 'cat',
  ...toolEnv(tools),
});

/**
 * Say where programs and libraries are found or what is run besides: some are read by what builds the
 * jail, before there is one.
 */
const STEERS =
  /^(PATH|HOME|TMPDIR|SHELL|ENV|IFS|PS4|SHELLOPTS|LANG|LC_.*|BASH.*|(LD|DYLD|GLIBC|MALLOC|NODE|GIT|NPM_CONFIG|OPENSSL)_.*|(PYTHON|PERL|RUBY).*|.*_TOOL_OPTIONS|GCONV_PATH|LOCPATH|NLSPATH|HOSTALIASES|LOCALDOMAIN|RES_OPTIONS|SSL_CERT.*|.*_PROXY)$/i;

/** Variables that a program is given besides. Throws AtomError `blocked` for one that steers what runs. */
export function givenEnv(
  given: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const odd = Object.keys(given).find((name) => !/^\w+$/.test(name) || STEERS.test(name));
  if (odd === undefined) return given;
  throw new AtomError('blocked', `The variable ${odd} cannot be given to a program in a jail.`, {
    next: ['It says what else is run, or from where: give the secret another name.'],
  });
}

/** Where the proxy listens inside a jail with a network of its own. */
export const JAIL_PORT = 3128;

/** What tells programs that they reach the network through a proxy, which is a `http://` URL. */
export const proxyEnv = (
  url = `http://127.0.0.1:${JAIL_PORT}`,
): Readonly<Record<string, string>> => ({
  HTTP_PROXY: url,
  HTTPS_PROXY: url,
  // curl, for one, does not read HTTP_PROXY in capitals.
  http_proxy: url,
  https_proxy: url,
  npm_config_proxy: url,
  npm_config_https_proxy: url,
  NODE_USE_ENV_PROXY: '1',
});
