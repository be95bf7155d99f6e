import { holdsProtected, holdsReadDenied } from '../../domain/protected-names.ts';

/** Folders of the system: no jail is one of them. */
const SYSTEM =
  /^(bin|boot|cores|dev|etc|lib|lib32|lib64|libx32|opt|proc|root|run|sbin|snap|sys|usr|var|library|applications)$/i;
/** What lies below these may be a jail once it is two folders deep (`/home/ann/work`), not above. */
const SHARED = /^(home|users|mnt|media|volumes|srv)$/i;
/** Below `/`, and yet no part of the system: a jail has its own. */
const SCRATCH =
  /^\/(private\/)?(tmp|var\/tmp|var\/folders|dev\/shm)(\/|$)|^\/dev\/(null|zero|full|u?random|tty|std(in|out|err)|fd(\/\d+)?)$/;

/** True for a path that leads out of any jail: the system's folders, a home, or up with `..`. */
export function leadsOut(path: string): boolean {
  if (/^(~|\$HOME\b|\$\{HOME\b|[a-z]:[\\/])/i.test(path)) return true;
  if (!path.startsWith('/')) return path.includes('..') && walked(path) === undefined;
  const [top, second, third] = (walked(path) ?? '/').split('/').slice(1);
  if (!top || /[*?[{]/.test(top) || top === 'System') return true;
  if (SCRATCH.test(walked(path) ?? '')) return false;
  if (SHARED.test(top)) return !second || !third || third.startsWith('.');
  return SYSTEM.test(top);
}

/** The path without `.` and `..`; undefined where it climbs above where it began. */
function walked(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined && !path.startsWith('/')) return undefined;
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/');
}

/** Files that hold keys, passwords or tokens, by where they usually lie. */
const SECRET = [
  /(^|\/)\.(ssh|gnupg|password-store|kube|azure|docker|aws|oci|chef|vault|step)(\/|$)/,
  /(^|\/)\.(netrc|pgpass|my\.cnf|mylogin\.cnf|git-credentials|npmrc|yarnrc|pypirc|vault-token|htpasswd|boto|s3cfg|dockercfg|terraformrc|databrickscfg|snowsql|fly|heroku)(\/|$)/,
  /(^|\/)\.config\/(gcloud|gh|glab-cli|hub|op|rclone|doctl|doppler|netlify|configstore|helm|sops|age|bitwarden.*|1password|google-chrome.*|chromium|brave.*)(\/|$)/,
  /(^|\/)\.(cargo|gem)\/credentials|(^|\/)\.m2\/settings|(^|\/)\.terraform\.d\/cred/,
  /^\/proc\/[^/]+\/(task\/[^/]+\/)?(environ|mem|cmdline|fd)(\/|$)|^\/dev\/(mem|kmem|port)$/,
  /^(\/private)?\/etc\/(g?shadow-?|sudoers(\.d)?|master\.passwd|krb5\.keytab|ipsec\.secrets|ssl\/private|wireguard|ssh\/ssh_host_.*|security\/opasswd)(\/|$)/,
  /^(\/var)?\/run\/secrets(\/|$)|(^|\/)library\/(keychains|cookies)(\/|$)|(^|\/)\.local\/share\/keyrings(\/|$)/,
  /\.(key|p12|pfx|jks|keystore|kdbx?|ppk|agekey|tfstate|ovpn|mobileconfig)$/,
  /(^|\/)(credentials(\.(json|ya?ml|xml|csv|db))?|secrets?\.(json|ya?ml|toml|env)|service[-_]account[^/]*\.json|client_secret[^/]*\.json|kubeconfig|wallet\.dat|login data|key[34]\.db|logins\.json|cookies\.sqlite|ntds\.dit|master\.key)$/,
] as const;

/** True for a path that holds a secret by its name. Public halves of keys are none. */
export function isSecret(path: string): boolean {
  const plain = path.toLowerCase().replaceAll('\\', '/');
  if (/\.pub$|(^|\/)\.ssh\/(known_hosts|config)$/.test(plain)) return false;
  return holdsReadDenied(plain) || SECRET.some((pattern) => pattern.test(plain));
}

/** What other programs run or trust, or run at the next start, login or hour. */
const TRUSTED =
  /(^|\/)(authorized_keys2?|crontab|sudoers|ld\.so\.preload|known_hosts)$|(^|\/)(launchagents|launchdaemons|cron\.[a-z]+|systemd|autostart)\//i;

/** True for a path that other programs trust: nothing may change it unasked. */
export const isTrusted = (path: string): boolean =>
  holdsProtected(path.replaceAll('\\', '/')) || TRUSTED.test(path.replaceAll('\\', '/'));

/** No system opens a longer path (PATH_MAX of Linux). */
const LONGEST = 4096;
/** Looked at in one word: a word of more parts is made to take long, and the jail holds what it names. */
const MOST = 100;

/** The paths that a word may hold: itself, and what stands behind `=`, `:`, `,`, `@` or a short option. */
export function pathsIn(word: string): readonly string[] {
  if (/^--(exclude|ignore|include)/.test(word)) return [];
  const plain = /^-[a-zA-Z][/~.]/.test(word) ? word.slice(2) : word;
  const parts = /[=:,@]/.test(plain) ? [plain, ...plain.split(/[=:,@]/, MOST)] : [plain];
  return parts.filter((part) => part.length <= LONGEST);
}
