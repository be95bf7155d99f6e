import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/base/clock.ts';
import type { Json } from '../../src/base/json.ts';
import { createLog } from '../../src/base/log.ts';
import type { JailSpec, JailStatus } from '../../src/domain/jail.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { issue } from '../../src/governance/grant.ts';
import { checkJailFolder } from '../../src/jail/folder.ts';
import { createLauncher } from '../../src/jail/launch.ts';
import { findMechanism } from '../../src/jail/mechanism.ts';
import { createPrograms } from '../../src/jail/program.ts';
import { createQuarantine } from '../../src/jail/quarantine/quarantine.ts';
import type { LauncherDeps } from '../../src/jail/request.ts';
import type { ShellDeps } from '../../src/jail/shell-exec.ts';
import { createSkillCall, type SkillCallDeps } from '../../src/skills/call.ts';
import { type LoadedSkills, loadSkills } from '../../src/skills/load.ts';
import type { SkillHost } from '../../src/skills/runtime/host.ts';
import { createPool } from '../../src/skills/runtime/pool.ts';
import { createSecretDesk } from '../../src/skills/runtime/secret-read.ts';
import { builtRunner } from './built-runner.ts';

/** Shared: it keeps the digest of Node, which takes a while to make. */
const programs = createPrograms();

export const ready: JailStatus = { state: 'ready', mechanism: 'bwrap', checks: [], warnings: [] };
export const bundled = fileURLToPath(new URL('../../skills', import.meta.url));

/** A real jail with skills beside it. */
export interface Workshop {
  readonly root: string;
  readonly jail: JailSpec;
  readonly skillsRoot: string;
  readonly host: SkillHost;
  /** What commands are started with, in the same turns as skills. */
  readonly shell: LauncherDeps & Pick<ShellDeps, 'launch'>;
  /** Writes a file in the jail's folder. */
  put(path: string, text: string): void;
  link(path: string, to: string): void;
  /** Writes a skill's module. */
  skill(name: string, source: string): void;
  load(roots?: readonly string[]): Promise<LoadedSkills>;
  /** What calls are made with: nobody answers what a skill asks for, and nothing waits for a call. */
  deps(loaded: LoadedSkills, more?: Partial<SkillCallDeps>): SkillCallDeps;
  call(loaded: LoadedSkills, resource: Json, options?: CallOptions): Promise<Called>;
  remove(): void;
}

export interface CallOptions {
  /** Between the decision and the run. */
  readonly between?: () => void;
  readonly signal?: AbortSignal;
  readonly deps?: Partial<SkillCallDeps>;
}

export interface Called {
  readonly value: Json;
  readonly printed: string;
}

export async function openWorkshop(mode: JailSpec['mode'] = 'read-write'): Promise<Workshop> {
  const root = mkdtempSync(join(tmpdir(), 'atom-skills-'));
  const [folder, emptyFolder, skillsRoot, scratch] = ['work', 'empty', 'skills', 'scratch'].map(
    (name) => join(root, name),
  ) as [string, string, string, string];
  for (const path of [folder, emptyFolder, skillsRoot, scratch]) mkdirSync(path);
  const ids = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const { platform, arch } = process;
  const rules = { home: join(root, 'home'), stateDirs: [join(root, 'state')], uid: ids.uid };
  const launcher: LauncherDeps = {
    mechanism: await findMechanism({ platform, arch, uid: ids.uid }),
    clock: systemClock,
    programs,
    openJail: (path) => checkJailFolder(rules, path),
    scratch,
    ids,
    quarantine: createQuarantine({ root: join(root, 'state', 'quarantine'), clock: systemClock }),
  };
  const launch = createLauncher(launcher);
  const [nodePath, runnerPath] = [process.execPath, await builtRunner()];
  const hasProgram = (name: string): boolean => name === 'python3';
  const status = (): JailStatus => ready;
  const host: SkillHost = { launch, status, hasProgram, nodePath, runnerPath, emptyFolder };
  const jail: JailSpec = { name: 'work', folder, mode };
  const put = (base: string, path: string, text: string): void => {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  };
  const soon = (): AbortSignal => AbortSignal.timeout(60_000);
  const deps: Workshop['deps'] = (loaded, more = {}) => ({
    host,
    skills: () => loaded.skills,
    jailOf: () => jail,
    covers: async () => ({ ok: true as const, words: 'can be undone' }),
    pool: createPool({ size: 0, start: () => Promise.reject(new Error('none')) as never }),
    performAs: () => async () => ({ ok: false, reason: 'policy', message: 'Nobody answers.' }),
    secrets: createSecretDesk(async () => undefined),
    log: createLog(() => undefined),
    ...more,
  });
  return {
    root,
    jail,
    skillsRoot,
    host,
    shell: { ...launcher, launch },
    put: (path, text) => put(folder, path, text),
    link: (path, to) => symlinkSync(to, join(folder, path)),
    skill: (name, source) => put(skillsRoot, `${name}/skill.ts`, source),
    load: (folders = [skillsRoot]) => {
      const roots = folders.map((each) => ({ folder: each, origin: 'profile' as const }));
      return loadSkills({ host, roots, cache: join(root, 'cache') }, soon());
    },
    deps,
    call: async (loaded, resource, options = {}) => {
      const action = createSkillCall(deps(loaded, options.deps));
      const prepared = await action.prepare(resource, undefined);
      options.between?.();
      const request = {
        id: 'r1',
        action: 'skill.call',
        resource: prepared.resource,
        context: {},
        labels: cleanLabels,
        principal: { kind: 'agent' as const, id: 'atom' },
      };
      const grant = issue({ digest: '', prepared, request, complexity: 1 });
      let printed = '';
      const value = await action.execute(grant, options.signal ?? soon(), ({ text }) => {
        printed += text;
      });
      return { value, printed };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The source of a skill; `more` replaces or adds fields. */
export const sourceOf = (name: string, run: string, more = ''): string =>
  `${HEAD}export const skill = ${definitionOf(name, run, more)};\n`;

/** The source of one module with several skills, by name. */
export const sourceOfAll = (skills: Skills): string => {
  const all = Object.entries(skills).map(([name, [run, more]]) => definitionOf(name, run, more));
  return `${HEAD}export const skills = [${all.join(',')}];\n`;
};

/** The body of `run` and fields to replace or add, by the skill's name. */
export type Skills = Readonly<Record<string, readonly [run: string, more?: string]>>;

const HEAD = `
import { defineSkill, type SkillContext } from 'atom-agent';
import { z } from 'zod';
import * as fs from 'node:fs';
void fs;
`;

const definitionOf = (name: string, run: string, more = ''): string => `defineSkill({
  name: '${name}', description: 'A skill for a test', version: '1.0.0', examples: [],
  complexity: 1, permissions: {},
  input: z.object({ text: z.string().default('nothing') }), output: z.json(),
  run: async (input, context: SkillContext) => { ${run} },
  ${more}
})`;
