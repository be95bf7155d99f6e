import { existsSync, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import type { Etc, RootFolder } from './bwrap-args.ts';

/** What a Linux host shows to a jail besides /usr. */
export interface HostLayout {
  readonly rootFolders: readonly RootFolder[];
  readonly etc: Etc;
  /** Folders below /usr that hold settings of this machine, and are shown empty. */
  readonly emptied: readonly string[];
  /** True where /bin/sh is dash, which can set every limit of a command, in units that are known. */
  readonly shellLimits: boolean;
}

const ROOT = ['/bin', '/sbin', '/lib', '/lib32', '/lib64'];
/** Read by the C library, TLS and terminals; nothing in them is private. */
const ETC = [
  ...['ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'alternatives', 'nsswitch.conf', 'localtime'],
  ...['timezone', 'ssl/certs', 'ssl/openssl.cnf', 'ca-certificates', 'pki', 'terminfo'],
  ...['mime.types', 'protocols', 'services', 'host.conf', 'locale.alias'],
];
const EMPTIED = ['/usr/local/etc'];

/** Looks at this host's root and /etc once. */
export const readHost = (): HostLayout => ({
  rootFolders: ROOT.filter(existsSync).map(rootFolder),
  etc: readEtc(),
  emptied: EMPTIED.filter(isOwnFolder),
  shellLimits: existsSync('/bin/sh') && /\/dash$/.test(realpathSync('/bin/sh')),
});

function readEtc(): Etc {
  const paths = ETC.map((name) => `/etc/${name}`).filter(existsSync);
  const isFolder = (path: string): boolean => statSync(path).isDirectory();
  return { folders: paths.filter(isFolder), files: paths.filter((path) => !isFolder(path)) };
}

/** True for a folder that is reached through no link. */
export const isOwnFolder = (path: string): boolean =>
  existsSync(path) && realpathSync(path) === path && lstatSync(path).isDirectory();

const rootFolder = (path: string): RootFolder =>
  lstatSync(path).isSymbolicLink() ? { path, link: readlinkSync(path) } : { path };
