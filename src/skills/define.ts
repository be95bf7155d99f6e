import type { z } from 'zod';
import type { Complexity } from '../domain/complexity.ts';
import type { AskedPermissions } from './permissions.ts';

/**
 * What a skill is handed besides its input. Each of its functions asks atom outside of the jail, which
 * looks whether the skill may (see its permissions) and whether its agent may, and may ask the owner: a
 * refusal rejects, in words. What a skill does by itself is bound by its jail.
 */
export interface SkillContext {
  /** The jail folder, absolute. What the skill may do in it by itself is what `permissions.files` says. */
  readonly folder: string;
  /** Files of the agent's jail by their path in it, or of another by `jailname:path`. */
  readonly fs: SkillFiles;
  /** One request, from a host that `permissions.net` names. Text only, and no more than 2 MB of it. */
  fetch(url: string, options?: FetchOptions): Promise<Fetched>;
  /** One command in the agent's jail; it begins like one of `permissions.commands`. */
  exec(argv: readonly string[], options?: ExecOptions): Promise<Executed>;
  /** The value of a secret that `permissions.secrets` names. It is taken out of whatever is given back. */
  secret(name: string): Promise<string>;
  /** What the agent remembers of whoever it speaks with, as far as `permissions.memory` goes. */
  readonly memory: SkillMemory;
  /**
   * Has atom write a text to the chat that it is called in, at a time in words: `in 20 minutes`, `every weekday
   * 8:30`. Where `permissions.reminders` is true.
   */
  remind(when: string, text: string): Promise<Reminder>;
  /** Tells how far it is. */
  progress(told: string | Progress): void;
  /** Writes a line to the profile's log. */
  log(text: string): void;
  /** Aborts where the call is stopped; a moment later the process is ended. */
  readonly signal: AbortSignal;
}

export interface SkillFiles {
  read(path: string): Promise<string>;
  list(path: string): Promise<readonly FileEntry[]>;
  write(path: string, text: string): Promise<void>;
}

export interface SkillMemory {
  /** Notes about some words, the best first; the newest where none are given. */
  search(words?: string): Promise<readonly RememberedNote[]>;
  /** The text of one note. */
  read(note: string): Promise<string>;
  /** Keeps a note, or puts a text in the place of one. Resolves to its name. */
  write(text: string, options?: { readonly note?: string }): Promise<string>;
  forget(note: string): Promise<void>;
}

export interface RememberedNote {
  readonly note: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface FileEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: number;
}

export interface FetchOptions {
  /** `GET` where it is left out. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Fetched {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface ExecOptions {
  /** Folder to run in; the jail folder where it is left out. */
  readonly cwd?: string;
  readonly stdin?: string;
}

export interface Executed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Reminder {
  /** What `atom jobs remove` takes it out by. */
  readonly id: string;
  /** When it is first, in words. */
  readonly when: string;
}

export interface Progress {
  readonly text?: string;
  readonly done: number;
  readonly total: number;
}

/**
 * A skill, written by anybody: a TypeScript module `<name>/skill.ts` that exports `skill`. It runs in
 * a process of its own inside the jail, without network, and is started anew for every call.
 */
export interface SkillDefinition<I extends z.ZodType, O extends z.ZodType> {
  /** The name of its folder: a–z, 0–9 and `-`, at most 40 characters. */
  readonly name: string;
  readonly description: string;
  /** Semantic version; what runs is known by its digest. */
  readonly version: string;
  /** Phrases that it answers. */
  readonly examples: readonly string[];
  /** How much one call may do: 1 look, 2 say, 3 change, 4 destroy. Writing is at least 3. */
  readonly complexity: Complexity;
  /** What it may touch; what is left out is not allowed. */
  readonly permissions: AskedPermissions;
  /** A `z.object`. */
  readonly input: I;
  /** JSON; a `text` in it is what people are shown. */
  readonly output: O;
  run(input: z.output<I>, context: SkillContext): Promise<z.input<O>> | z.input<O>;
}

/** Writes a skill down with its types checked. */
export const defineSkill = <I extends z.ZodType, O extends z.ZodType>(
  skill: SkillDefinition<I, O>,
): SkillDefinition<I, O> => skill;
