import type { Log } from '../base/log.ts';
import type { Outcome, Perform } from '../domain/action.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Sourced } from '../domain/label.ts';
import type { LiveRun, RunWatch } from '../domain/live-run.ts';
import type { Meanwhile } from '../domain/meanwhile.ts';
import type { Session, TranscriptItem } from '../domain/session.ts';
import type { Sql } from '../domain/store.ts';
import type { Tool } from '../domain/tool.ts';
import type { GatewayEvent, TurnState } from '../protocol/events.ts';
import type { Planner } from './planner.ts';
import type { TranscriptDoor } from './transcript-door.ts';

/** What came with a message, for whoever answers it. */
export interface Attached {
  /** What was kept and what not, in words. */
  readonly text: string;
  /** How many files were kept. */
  readonly files: number;
  /** True where the words hold a file's name or a platform's words, which may be anybody's. */
  readonly named: boolean;
}

export interface TurnDeps {
  readonly perform: Perform;
  readonly planner: (session: Session) => Promise<Planner>;
  /** Looked up at every step, so that a skill enabled meanwhile counts. */
  readonly tools: () => readonly Tool[];
  /** True where a message was sent by the owner. */
  readonly isOwner: (event: InboundEvent) => Promise<boolean>;
  readonly transcript: TranscriptDoor;
  /** Takes in what came with a message. Without it nothing but words is heard. */
  readonly attached?: (
    message: { readonly event: InboundEvent; readonly session: string },
    signal: AbortSignal,
  ) => Promise<Attached>;
  /** Whether there are notes of whoever a session is with, for a turn to begin with. Without it there are none. */
  readonly remembers?: (session: Session) => Promise<boolean>;
  /** `session` and `event` are ids. */
  readonly onState: (state: TurnState, session: string, event: string) => void;
  /** What running commands print and planners say, as it comes. */
  readonly onOutput: (output: Omit<GatewayEvent & { kind: 'output' }, 'kind'>) => void;
  /** Waits for what comes of an event that a tool awaits. Ends with the signal. */
  readonly answered?: (event: string, signal: AbortSignal) => Promise<Outcome>;
  /** Follows a call from its beginning to its end. */
  readonly watch?: (run: Pick<LiveRun, 'id' | 'session' | 'event' | 'words'>) => RunWatch;
  readonly log: Log;
  /** How often the planner may be asked for one message; 20 unless told. */
  readonly maxSteps?: number;
}

export interface TurnInput {
  readonly event: InboundEvent;
  readonly session: Session;
  /** Left out where what comes meanwhile waits for a turn of its own. */
  readonly meanwhile?: Meanwhile;
}

/** One turn on its way: what every step needs. */
export interface Taken {
  readonly deps: TurnDeps;
  readonly input: TurnInput;
  readonly signal: AbortSignal;
  /** `whole`: all of a result whose text was cut. */
  readonly append: (item: TranscriptItem, from: Sourced, whole?: string) => Promise<void>;
  /** The same with whatever happens next. */
  readonly later: (item: TranscriptItem, from: Sourced) => Promise<void>;
  /** As `append`, within somebody else's transaction; false where it is yet to be written. */
  readonly appendIn: (sql: Sql, ...said: Parameters<Taken['append']>) => Promise<boolean>;
  /** Ids of the messages that this try took in. */
  readonly joined: Set<string>;
}
