/** Variables that decide which programs run, what they load, or where what was typed is kept. */
const GUIDES =
  /^(PATH|CDPATH|ENV|BASH_ENV|BASH_FUNC_.*|BASHOPTS|SHELLOPTS|PS[0-4]|PROMPT_COMMAND|IFS|SHELL|HOME|ZDOTDIR|XDG_.*|TERMINFO|GLOBIGNORE|FIGNORE|EXECIGNORE|HIST.*|INPUTRC|LD_.*|DYLD_.*|GCONV_PATH|LOCPATH|MALLOC_.*|GLIBC_TUNABLES|NLSPATH|LOCALDOMAIN|RES_OPTIONS|HOSTALIASES|GIT_.*|SSH_.*|SVN_.*|HG.*|EDITOR|VISUAL|PAGER|MANPAGER|MANOPT|MANPATH|BROWSER|LESS.*|MORE|FCEDIT|NODE_.*|NPM_.*|YARN_.*|PNPM_.*|BUN_.*|DENO_.*|PYTHON.*|PIP_.*|UV_.*|VIRTUAL_ENV|CONDA_.*|PERL.*|RUBY.*|GEM_.*|BUNDLE_.*|RAILS_.*|PHP.*|LUA_.*|JAVA.*|_JAVA_.*|JDK_.*|CLASSPATH|MAVEN_.*|GRADLE_.*|CARGO.*|RUST.*|GO[A-Z]+|GOFLAGS|CC|CXX|CPP|LD|AR|AS|[A-Z]*FLAGS|CMAKE_.*|MAKE.*|GNUMAKEFLAGS|TAR_OPTIONS|GZIP|BZIP2?|XZ_.*|ZIPOPT|UNZIP|RSYNC_.*|CURL_.*|WGETRC|SSL.*|OPENSSL.*|.*_proxy|.*_PROXY|DOCKER_.*|KUBE.*|AWS_.*|GOOGLE_.*|AZURE_.*|VAULT_.*|ANSIBLE_.*|TF_.*|RIPGREP_CONFIG_PATH|FZF_.*|GREP_OPTIONS|JQ_.*|AWK.*|SUDO_.*|DBUS_.*|DISPLAY|TMPDIR)$/;

/** True for a variable that makes programs run, load or send something else. */
export const guidesPrograms = (name: string): boolean =>
  // `PATH+=x` adds, and a name with a bracket is worked out like an expression.
  GUIDES.test(name.replace(/\+$/, '')) || !/^[A-Za-z_][A-Za-z0-9_]*\+?$/.test(name);
