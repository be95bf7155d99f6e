import type { Edit } from './editor.ts';

/** What a key does to the message that is written. */
export type Change =
  | Edit
  | { readonly do: 'send'; readonly text: string }
  /** Writes out the command that was begun. */
  | { readonly do: 'complete' }
  /** Opens the pane of the feed, or closes it. */
  | { readonly do: 'feed' }
  /** Searches what was printed. */
  | { readonly do: 'find' }
  /** Closes a search; clears a message that is too long. */
  | { readonly do: 'leave' };
