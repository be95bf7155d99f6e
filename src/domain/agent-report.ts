import type { Agent } from './agent.ts';
import type { MaturityChange } from './agent-change.ts';
import type { RecentDeed } from './deed.ts';
import type { WakeKind } from './errand.ts';
import type { Readiness, TrackRecord } from './track-record.ts';

/** An agent as it is listed. */
export interface AgentSummary extends Agent {
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly readiness: Readiness;
  /** The verdict in one line: `ready for supervised: 52 actions, …`, or what is missing. */
  readonly verdict: string;
  /** How much waits in its training queue. */
  readonly training: number;
  /** What it wakes for in the feed. */
  readonly wakes: readonly WakeKind[];
  /** Ids of the only agents that may ask it something. */
  readonly askedBy?: readonly string[];
  /** Whom it works for besides the owner, and where: in the jails that both have. */
  readonly users: readonly AgentUser[];
}

/** A user whose agent it is. */
export interface AgentUser extends Pick<Agent, 'workspace'> {
  readonly name: string;
  readonly jails: readonly string[];
}

/** Everything that argues for or against an agent. */
export interface AgentReport {
  readonly agent: AgentSummary;
  readonly record: TrackRecord;
  /** The newest first. */
  readonly changes: readonly MaturityChange[];
  readonly deeds: readonly RecentDeed[];
  /** True where the owner has enrolled a second factor, without which nobody is promoted. */
  readonly secondFactor: boolean;
}
