import type { Decider } from './approval.ts';

/**
 * What a client of the gateway may ask for. `read`: what there is and what happens; `chat`: speak to the
 * agents; `approve`: answer cards; `operate`: stop, pause and go on; `admin`: everything else, which only
 * this machine's own socket gives.
 */
export const scopes = ['read', 'chat', 'approve', 'operate', 'admin'] as const;

/** What a device gets unless its owner says otherwise. */
export const DEFAULT_SCOPES = ['read', 'chat', 'approve'] as const satisfies Scope[];

export type Scope = (typeof scopes)[number];

/** Those that a device or a program may hold. */
export const grantable = ['read', 'chat', 'approve', 'operate'] as const satisfies Scope[];

/** Those that a device of a user may use, whatever it holds: cards and everybody's affairs are the owner's. */
export const SCOPES_OF_USERS: readonly Scope[] = ['read', 'chat'];

/** Who asks the gateway for something, as far as it was proved. */
export interface Caller {
  /** `terminal`: whoever reaches the profile's own socket, and that is the owner. */
  readonly surface: 'terminal' | 'device' | 'program';
  /** `owner` at the terminal; otherwise the id of the device or program, such as `d2`. */
  readonly id: string;
  /** As the owner called it; safe to draw. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Name of the user whose device or program it is; absent for the owner's. */
  readonly user?: string;
}

/** Who it is on the record, and to whoever is told. */
export const deciderOf = ({ surface, id }: Caller): Decider => ({ surface, id });

/** The owner, at this machine. */
export const LOCAL_OWNER: Caller = {
  surface: 'terminal',
  id: 'owner',
  name: 'this terminal',
  scopes,
};

const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  read: 'see what there is and what happens',
  chat: 'speak to your agents',
  approve: 'answer cards in your name',
  operate: 'stop, pause and go on',
  admin: 'everything',
};

/** What scopes let somebody do, in the words of a card, the least first. */
export const scopeWords = (held: readonly Scope[]): readonly string[] =>
  scopes.filter((scope) => held.includes(scope)).map((scope) => SCOPE_WORDS[scope]);
