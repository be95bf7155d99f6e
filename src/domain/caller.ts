import type { Decider } from './approval.ts';

/**
 * What a client of the gateway may ask for. `read`: what there is and what happens; `chat`: speak to the
 * agents; `approve`: answer cards; `operate`: stop, pause and go on; `admin`: everything else, which only
 * this machine's own socket gives.
 */
export const scopes = ['read', 'chat', 'approve', 'operate', 'admin'] as const;

export type Scope = (typeof scopes)[number];

/** Those that a device or a program may hold. */
export const grantable = ['read', 'chat', 'approve', 'operate'] as const satisfies Scope[];

/** Who asks the gateway for something, as far as it was proved. */
export interface Caller {
  /** `terminal`: whoever reaches the profile's own socket, and that is the owner. */
  readonly surface: 'terminal' | 'device' | 'program';
  /** `owner` at the terminal; otherwise the id of the device or program, such as `d2`. */
  readonly id: string;
  /** As the owner called it; safe to draw. */
  readonly name: string;
  readonly scopes: readonly Scope[];
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
