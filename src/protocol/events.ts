import type { LogLine } from '../base/log.ts';
import type { ApprovalState, Decider } from '../domain/approval.ts';
import type { Card } from '../domain/card.ts';
import type { LinkStep } from '../domain/channel.ts';
import type { PairingRequest } from '../domain/device.ts';
import type { FeedPost, Reaction } from '../domain/feed-post.ts';
import type { SenderChange } from '../domain/sender.ts';
import type { Challenge, PairingEnd } from './connect.ts';
import type { PairingView } from './people-methods.ts';

/** Everything the gateway tells those who watch. One union for the terminal, `--json` and other clients. */
export type GatewayEvent =
  | { readonly kind: 'log'; readonly line: LogLine }
  /** A message to somebody at the terminal. Ids repeat after a reconnect: show each once. */
  | {
      readonly kind: 'message';
      readonly id: string;
      readonly session: string;
      readonly inReplyTo?: string;
      readonly text: string;
      readonly at: number;
      /** Name of the user whose talk it is part of, where the session's key does not tell. */
      readonly of?: string;
    }
  | {
      readonly kind: 'turn';
      readonly session: string;
      readonly event: string;
      readonly state: TurnState;
    }
  /** Output of something that is running, as it comes. */
  | {
      readonly kind: 'output';
      readonly session: string;
      readonly run: string;
      readonly stream: 'stdout' | 'stderr' | 'text';
      readonly text: string;
      /** Of a command: the line that is being written, as it reads now; not part of `text` yet. */
      readonly line?: string;
      /** Name of the user for whom it runs; absent for the owner, and for people without a user. */
      readonly of?: string;
    }
  | { readonly kind: 'approval.asked'; readonly card: Card }
  | {
      readonly kind: 'approval.decided';
      readonly id: string;
      readonly code: string;
      readonly state: ApprovalState;
      readonly by?: Decider;
      readonly at: number;
    }
  | { readonly kind: 'feed'; readonly post: FeedPost }
  /** `reaction` to the post of a number. */
  | { readonly kind: 'feed.reaction'; readonly post: number; readonly reaction: Reaction }
  /** A link was used or is void, a stranger has a code, or the owner decided about one. */
  | { readonly kind: 'pairing'; readonly pairing: PairingView }
  /** Who may talk to atom changed. */
  | { readonly kind: 'sender'; readonly change: SenderChange }
  /** A device waits for the owner to compare digits. */
  | { readonly kind: 'device.waiting'; readonly request: PairingRequest }
  /** Only on the connection that it is about, and never kept. */
  | Challenge
  | PairingEnd
  /** How the linking of a chat account goes: codes for its owner's phone. */
  | { readonly kind: 'channel.link'; readonly channel: string; readonly step: LinkStep }
  | { readonly kind: 'stopping'; readonly running: readonly string[] };

export type TurnState =
  | { readonly step: 'started' }
  /** Which planner or model was asked. */
  | { readonly step: 'thinking'; readonly planner: string }
  /** The older part of the conversation is being summed up, since it does not fit any more. */
  | { readonly step: 'summing-up' }
  | { readonly step: 'acting'; readonly tool: string; readonly words: readonly string[] }
  | { readonly step: 'waiting'; readonly code: string }
  /** The message was taken into the turn that answers another one, whose id this is, and is answered with it. */
  | { readonly step: 'joined'; readonly turn: string }
  | {
      readonly step: 'ended';
      readonly result: 'replied' | 'declined' | 'blocked' | 'failed' | 'stopped';
    };
