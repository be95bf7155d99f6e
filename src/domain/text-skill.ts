import type { SkillOrigin } from './skill.ts';

/** What a folder of words needs to be of use, as its author wrote it. Nothing of it is given to anybody. */
export interface SkillNeeds {
  /** Programs that must all be there. */
  readonly programs: readonly string[];
  /** Programs of which one must be there. */
  readonly oneOf: readonly string[];
  /** Names of environment variables: looked for, never handed to anything. */
  readonly env: readonly string[];
  /** Settings of the program that it was written for, which atom does not have. */
  readonly settings: readonly string[];
  /** Systems that it is for, as Node names them; any where empty. */
  readonly systems: readonly string[];
}

/**
 * A skill made of words: a folder with a `SKILL.md`, as agentskills.io describes it. This is what stands
 * at its head; the body and the files beside it are read when they are asked for. All of it was written by
 * somebody else.
 */
export interface TextSkill {
  /** The name of its folder: a–z, 0–9 and single `-`, at most 64 characters. */
  readonly name: string;
  readonly description: string;
  /** SHA-256 over every file of the folder: what is approved is what is read and run. */
  readonly digest: string;
  readonly version?: string;
  readonly license?: string;
  readonly compatibility?: string;
  /** Tools that it asks for (`allowed-tools`). A request that people are shown; it grants nothing. */
  readonly asksFor: readonly string[];
  readonly needs: SkillNeeds;
  /** False where only people are to call it up, not a model by itself. */
  readonly forModels: boolean;
  /** False where people are not to call it up by name. */
  readonly forPeople: boolean;
  /** What is odd and does no harm: file, line and what to do, one a sentence. */
  readonly notes: readonly string[];
}

/** One of them as it stands here and now. */
export interface ListedTextSkill extends TextSkill {
  readonly origin: SkillOrigin;
  /** The jail that it was found in: only who works there knows of it. */
  readonly jail?: string;
  /** True where the owner approved exactly this digest. Until then its words count as a stranger's. */
  readonly approved: boolean;
  /** What keeps it from being of use here, with what to do, one a sentence. Empty where nothing does. */
  readonly missing: readonly string[];
}

/** Where commands of a jail find the folder of an approved skill. */
export const shownAt = (name: string): string => `${SHOWN_BELOW}/${name}`;

/** Names the skills whose folders are named in a command. */
export const skillsNamedIn = (words: readonly string[]): readonly string[] => [
  ...new Set(words.flatMap((word) => [...word.matchAll(NAMED)].map(([, name = '']) => name))),
];

const SHOWN_BELOW = '/opt/atom/skills';
const NAMED = /\/opt\/atom\/skills\/+([a-z0-9-]+)/g;

/** True where nothing keeps a skill from being used. */
export const isUsable = ({ approved, missing }: ListedTextSkill): boolean =>
  approved && missing.length === 0;
