/** What programs need to know of a jail so that they work in one, besides where things are. */
export interface ToolWorld {
  /** The file that holds git's settings, as the command sees it. */
  readonly gitConfig: string;
  /** Nothing can be reached over the network. */
  readonly offline: boolean;
}

/** Variables for the tools of everyday work. None of them is taken from the gateway's environment. */
export const toolEnv = ({ gitConfig, offline }: ToolWorld): Readonly<Record<string, string>> => ({
  ...git(gitConfig),
  // Nobody reads these, and they would go out to the network.
  NPM_CONFIG_UPDATE_NOTIFIER: 'false',
  NPM_CONFIG_FUND: 'false',
  NPM_CONFIG_AUDIT: 'false',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  PIP_NO_INPUT: '1',
  // A look would leave files behind, and what is compiled here would run elsewhere.
  PYTHONDONTWRITEBYTECODE: '1',
  ...(offline ? OFFLINE : {}),
});

/** Fail at once and say why, instead of trying for minutes. */
const OFFLINE = {
  NPM_CONFIG_OFFLINE: 'true',
  NPM_CONFIG_FETCH_RETRIES: '0',
  PIP_NO_INDEX: '1',
  CARGO_NET_OFFLINE: 'true',
  GOPROXY: 'off',
  GOTOOLCHAIN: 'local',
} as const;

const git = (gitConfig: string): Readonly<Record<string, string>> => ({
  GIT_PAGER: 'cat',
  GIT_TERMINAL_PROMPT: '0',
  // There is nobody to edit: a message that git proposes is taken as it is.
  GIT_EDITOR: ':',
  // Only what must be written is: a look at the state of a repository writes nothing.
  GIT_OPTIONAL_LOCKS: '0',
  GIT_CONFIG_SYSTEM: gitConfig,
  // What lies in a jail must not make a look at it run a program (`git status` in a planted repository).
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'safe.bareRepository',
  GIT_CONFIG_VALUE_0: 'explicit',
  GIT_CONFIG_KEY_1: 'core.fsmonitor',
  GIT_CONFIG_VALUE_1: 'false',
});
