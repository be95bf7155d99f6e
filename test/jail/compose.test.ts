import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { yaml } from '../../src/base/yaml.ts';
import { type ContainerPlan, composeFor, literally } from '../../src/jail/compose.ts';
import { defaultLimits } from '../../src/jail/limits.ts';

const plan: ContainerPlan = {
  jails: [
    {
      name: 'work',
      folder: '/home/dana/atom-work',
      mode: 'read-write',
      shows: ['/home/dana/letters', '/srv/fonts'],
      limits: { processes: 64, memoryBytes: 512 * 1024 ** 2 },
    },
    { name: 'letters', folder: '/home/dana/letters', mode: 'read-only' },
  ],
  uid: '1000',
  gid: '1001',
  source: '/opt/src/atom',
};

const service = (of: ContainerPlan) => parse(yaml(composeFor(of))).services.atom;

test('the compose file of two jails', () => {
  expect(yaml(composeFor(plan))).toMatchInlineSnapshot(`
    "services:
      atom:
        image: "atom:local"
        build:
          context: "/opt/src/atom"
          dockerfile: ".container/Dockerfile"
          args:
            UID: "1000"
            GID: "1001"
        restart: "unless-stopped"
        stop_grace_period: "30s"
        healthcheck:
          test:
            - "CMD"
            - "node"
            - "/opt/atom/bin/atom.js"
            - "status"
            - "--json"
          interval: "30s"
          timeout: "10s"
          start_period: "30s"
          retries: 3
        user: "1000:1001"
        read_only: true
        cap_drop:
          - "ALL"
        security_opt:
          - "no-new-privileges:true"
          - "seccomp=/opt/src/atom/.container/seccomp.json"
          - "apparmor=unconfined"
          - "systempaths=unconfined"
        pids_limit: 448
        mem_limit: "2684354560b"
        memswap_limit: "2684354560b"
        tmpfs:
          - "/tmp:size=256m,mode=1777,nosuid,nodev"
        volumes:
          - type: "volume"
            source: "config"
            target: "/atom/config"
          - type: "volume"
            source: "state"
            target: "/atom/state"
          - type: "bind"
            source: "/home/dana/atom-work"
            target: "/home/dana/atom-work"
            read_only: false
            bind:
              create_host_path: false
          - type: "bind"
            source: "/home/dana/letters"
            target: "/home/dana/letters"
            read_only: true
            bind:
              create_host_path: false
          - type: "bind"
            source: "/srv/fonts"
            target: "/srv/fonts"
            read_only: true
            bind:
              create_host_path: false
    volumes:
      config:
        name: "atom-config"
      state:
        name: "atom-state"
    "
  `);
});

test('a folder is writable only where a jail may write to it, and each is mounted once', () => {
  const binds = service(plan).volumes.filter(({ type }: { type: string }) => type === 'bind');
  expect(
    binds.map(({ source, target, read_only }: Record<string, unknown>) => [
      source,
      target,
      read_only,
    ]),
  ).toEqual([
    ['/home/dana/atom-work', '/home/dana/atom-work', false],
    ['/home/dana/letters', '/home/dana/letters', true],
    ['/srv/fonts', '/srv/fonts', true],
  ]);
});

test('the container has room for what the jails may use, and for the gateway', () => {
  const alone = service({ ...plan, jails: [] });
  const both = service(plan);
  expect(both.pids_limit - alone.pids_limit).toBe(64 + defaultLimits.processes);
  expect(Number.parseInt(both.mem_limit, 10) - Number.parseInt(alone.mem_limit, 10)).toBe(
    512 * 1024 ** 2 + defaultLimits.memoryBytes,
  );
  expect(both.memswap_limit).toBe(both.mem_limit);
});

test('a dollar in a path is meant to the letter', () => {
  expect(literally('/srv/$HOME/${x}')).toBe('/srv/$$HOME/$${x}');
});
