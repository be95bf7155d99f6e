/**
 * Names whose content other programs run or trust: nothing inside a jail may change them. Each is
 * relative to the jail's folder; a name with a slash protects that path.
 */
export const protectedNames: readonly string[] = [
  ...['.git', '.hg', '.svn', '.vscode', '.idea', '.cursor', '.claude', '.codex', '.gemini'],
  ...['.atom', '.agents', '.devcontainer', '.husky', '.github/workflows', '.mcp.json', '.envrc'],
  ...['.bashrc', '.bash_profile', '.bash_login', '.bash_logout', '.profile', '.inputrc'],
  ...['.zshrc', '.zshenv', '.zprofile', '.zlogin', '.gitconfig', '.gitmodules', '.npmrc'],
  ...['.yarnrc', '.yarnrc.yml', '.pnpmfile.cjs', '.tool-versions', 'mise.toml', '.mise.toml'],
  ...['.python-version', '.ripgreprc', '.vimrc', '.exrc', '.nvim.lua', '.lesskey', '.tmux.conf'],
  ...['.ssh', '.gnupg', '.pypirc', '.netrc', 'node_modules'],
];

/** True for names that nothing in a jail may read: `.env`, `.env.*`, `*.pem`, and keys such as `id_rsa` (no ending: `id_list.ts` is code). */
export const isReadDenied = (name: string): boolean =>
  /^\.env(\..*)?$|\.pem$|^id_[^.]*$/.test(plainName(name));

/** True where any part of a path (`a/b/c`) is a name that may not be read. */
export const holdsReadDenied = (path: string): boolean => path.split('/').some(isReadDenied);

/** True where a path lies at or below a protected name, at any depth. */
export function holdsProtected(path: string): boolean {
  const parts = `/${path.split('/').map(plainName).join('/')}/`;
  return protectedNames.some((name) => parts.includes(`/${name}/`));
}

/**
 * A name as forgiving file systems see it: without case (macOS, Windows) and without the invisible
 * characters that HFS+ ignores.
 */
export const plainName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase();
