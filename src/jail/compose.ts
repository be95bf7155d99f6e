import type { Json } from '../base/json.ts';
import type { JailSpec } from '../domain/jail.ts';
import { limitsFor } from './limits.ts';

/**
 * What a container for some jails is made of. Texts are written as they are: in one that is meant to the
 * letter, `$` is doubled (see `literally`); `${NAME}` is filled in by the engine.
 */
export interface ContainerPlan {
  readonly jails: readonly JailSpec[];
  /** The account, `1000` and `1000`; never root's. */
  readonly uid: string;
  readonly gid: string;
  /** The folder that holds atom's source, absolute or relative to the compose file. */
  readonly source: string;
}

/** For the gateway itself, and for the temporary folders that jails keep in memory. */
const OWN_BYTES = 1024 ** 3;
const OWN_PROCESSES = 128;

/** The compose file of a container in which these jails are what they are here. Pure. */
export const composeFor = (plan: ContainerPlan): Json => ({
  services: { atom: { ...image(plan), ...walls(plan), ...limits(plan), ...places(plan) } },
  // By names of their own: printed into another folder, it is still the same record.
  volumes: { config: { name: 'atom-config' }, state: { name: 'atom-state' } },
});

/** A text in which the engine fills in nothing. */
export const literally = (text: string): string => text.replaceAll('$', '$$$$');

const image = ({ source, uid, gid }: ContainerPlan) => ({
  image: 'atom:local',
  build: {
    context: source,
    dockerfile: '.container/Dockerfile',
    args: { UID: uid, GID: gid },
  },
  restart: 'unless-stopped',
  stop_grace_period: '30s',
  // Said here as well, for images of a format that cannot carry it.
  healthcheck: {
    test: ['CMD', 'node', '/opt/atom/bin/atom.js', 'status', '--json'],
    interval: '30s',
    timeout: '10s',
    start_period: '30s',
    retries: 3,
  },
});

/**
 * No capability and no way to get one. What follows lets bubblewrap make user namespaces and, in them,
 * mounts of its own: a seccomp profile with those calls, no AppArmor profile that forbids mounts, and a
 * whole /proc, without which the kernel lets nobody mount another.
 */
const walls = ({ uid, gid, source }: ContainerPlan) => ({
  user: `${uid}:${gid}`,
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: [
    'no-new-privileges:true',
    `seccomp=${source}/.container/seccomp.json`,
    'apparmor=unconfined',
    'systempaths=unconfined',
  ],
});

/** Room for one command in each jail at a time; what more is started fails in the container, not outside. */
function limits({ jails }: ContainerPlan) {
  const each = jails.map(({ limits: own }) => limitsFor(own));
  const bytes = each.reduce((sum, { memoryBytes }) => sum + memoryBytes, OWN_BYTES);
  return {
    pids_limit: each.reduce((sum, { processes }) => sum + processes, OWN_PROCESSES),
    mem_limit: `${bytes}b`,
    memswap_limit: `${bytes}b`,
  };
}

const places = ({ jails }: ContainerPlan) => ({
  tmpfs: ['/tmp:size=256m,mode=1777,nosuid,nodev'],
  volumes: [
    { type: 'volume', source: 'config', target: '/atom/config' },
    { type: 'volume', source: 'state', target: '/atom/state' },
    ...mounts(jails),
  ],
});

/** Each folder at its own path, so that a jail is the same inside and outside. One that is missing is not made. */
function mounts(jails: readonly JailSpec[]) {
  const writable = jails.filter(({ mode }) => mode === 'read-write').map(({ folder }) => folder);
  const shown = jails.flatMap(({ folder, shows = [] }) => [folder, ...shows]);
  return [...new Set(shown)].map((path) => ({
    type: 'bind',
    source: path,
    target: path,
    read_only: !writable.includes(path),
    bind: { create_host_path: false },
  }));
}
