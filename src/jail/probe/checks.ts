import type { ProbeCheck } from '../../domain/jail.ts';

/** What came of one probe, seen from inside (`lines`) and from the host. */
export interface Observation {
  /** `name=value` lines that the script printed. */
  readonly lines: ReadonlyMap<string, string>;
  /** The canary's content was in the output. */
  readonly canaryRead: boolean;
  readonly outsideWritten: boolean;
  readonly loopbackReached: boolean;
  /** The gateway's own namespaces, by name. */
  readonly namespaces: ReadonlyMap<string, string>;
}

const CAPABILITIES = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'];

/** What holds for every mechanism. */
export const commonChecks = (seen: Observation): readonly ProbeCheck[] => [
  check('the probe ran to its end', seen.lines.get('finished') === 'yes', 'it was cut short'),
  check('files outside cannot be read', !seen.canaryRead, 'a file outside the jail was read'),
  check('files outside cannot be written', !seen.outsideWritten, 'a file was made outside'),
  check(
    'the network cannot be reached',
    !seen.loopbackReached && !seen.lines.has('connected'),
    'a port of this machine was reached',
  ),
];

/** What bubblewrap adds. */
export const linuxChecks = (seen: Observation): readonly ProbeCheck[] => [
  check('no privileges', privileges(seen.lines) === '', privileges(seen.lines)),
  check('separate namespaces', shared(seen) === '', `shared with the gateway: ${shared(seen)}`),
  check('no namespaces inside', !seen.lines.has('nested'), 'a user namespace was made'),
  check('kernel settings are read-only', !seen.lines.has('sysctl'), '/proc/sys can be written'),
];

const check = (name: string, held: boolean, otherwise: string): ProbeCheck => ({
  name,
  held,
  detail: held ? 'held' : otherwise,
});

function privileges(lines: Observation['lines']): string {
  const expected = [
    ...CAPABILITIES.map((name) => [name, /^0+$/] as const),
    ['NoNewPrivs', /^1$/] as const,
    ['Seccomp', /^2$/] as const,
  ];
  return expected
    .map(([name, right]) => [name, lines.get(`status.${name}`) ?? 'unknown', right] as const)
    .filter(([, value, right]) => !right.test(value))
    .map(([name, value]) => `${name} is ${value}`)
    .join(', ');
}

const shared = ({ lines, namespaces }: Observation): string =>
  [...namespaces]
    .filter(([name, ours]) => [ours, '', undefined].includes(lines.get(`ns.${name}`)))
    .map(([name]) => name)
    .join(', ');
