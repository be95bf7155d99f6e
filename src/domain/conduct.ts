import type { ActionRequest } from './action.ts';

/** What happened to a request that says something about the agent that asked. */
export type Conduct =
  /** The owner said no. */
  | { readonly kind: 'denied'; readonly request: ActionRequest }
  /** It asked again, in the same task, for what the owner had just denied. */
  | { readonly kind: 'repeated'; readonly request: ActionRequest }
  /** It may not do this at its maturity; a student's wish is something to train on. */
  | { readonly kind: 'refused'; readonly request: ActionRequest; readonly reason: string }
  /**
   * It named something beyond its jails, to write there or only to look; or its command took so much
   * that the jail had to stop it.
   */
  | {
      readonly kind: 'violated';
      readonly how: 'wrote' | 'looked' | 'overran';
      /** Nothing was decided about it, so it may have no label. */
      readonly request: Omit<ActionRequest, 'labels'>;
      readonly reason: string;
    };
