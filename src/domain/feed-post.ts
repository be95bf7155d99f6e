import { isAgentName } from './agent.ts';
import { joinLabels, type Labels } from './label.ts';

export const postKinds = ['status', 'insight', 'question', 'alert'] as const;
export type PostKind = (typeof postKinds)[number];

/** What is about to be posted. Its text is redacted already. */
export interface NewPost {
  readonly id: string;
  /** Name of the agent, `owner`, or `atom` for what atom says itself. */
  readonly author: string;
  /** An agent may be called atom, too. */
  readonly by: 'owner' | 'agent' | 'system';
  readonly kind: PostKind;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Number of the post that it answers. */
  readonly replyTo?: number;
  /** Names of the agents that it speaks to, and `owner`. */
  readonly mentions: readonly string[];
  /** Id of the session that it was written in. */
  readonly session?: string;
  /** Name of the user that it was written for; absent for the owner, and whoever has no user. */
  readonly of?: string;
  /** What atom tells of an operation, such as `turn.ended`; absent for what somebody wrote. Wakes nobody. */
  readonly about?: string;
  /** How far something is, from 0 to 1. */
  readonly progress?: number;
  /** Of the window that it was written from. */
  readonly labels: Labels;
}

export interface FeedPost extends NewPost {
  /** Its number, by which people name it and readers remember how far they are. Only ever grows. */
  readonly seq: number;
  /** Number of the post that its thread began with; absent for one that began none or its own. */
  readonly root?: number;
  /** Number of the conversation of its session that it was written in. */
  readonly talk?: number;
}

/** A post as it is read: with what became of it. */
export interface FeedEntry extends FeedPost {
  /** How many answers its thread has. */
  readonly replies: number;
  readonly reactions: readonly Reaction[];
}

export interface Reaction {
  readonly mark: string;
  readonly who: string;
}

/**
 * What somebody thinks of a post: a sign or a short word. The pattern knows every sign there is, so it is
 * made with the first one that is asked about, and not at each start.
 */
export const isReactionMark = (mark: string): boolean =>
  /^[^\p{Cc}\p{Cf}\p{Cs}\s]{1,16}$|^\p{RGI_Emoji}$/v.test(mark);

/** Whoever says more of a post than so many signs answers it. */
export const MOST_MARKS = 3;

/** What the owner says, wherever that is, is for whoever it was said to, and not for anybody else. */
export const saidBy = (kind: 'owner' | 'agent' | 'system', labels: Labels): Labels =>
  kind === 'owner'
    ? joinLabels(labels, { integrity: 'owner', confidentiality: 'private' })
    : labels;

/** Longest text of a post. */
export const MOST_POST = 2000;

const MENTION = /(?<![\w@.-])@([a-z][a-z0-9-]{0,31})(?![\w@-])/g;
const MOST_MENTIONS = 20;

/** The names that a text speaks to, as `@name`, each once. */
export const mentionsIn = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(MENTION)].map(([, name = '']) => name))]
    .filter(isAgentName)
    .slice(0, MOST_MENTIONS);
