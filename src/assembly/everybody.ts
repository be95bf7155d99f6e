import type { Halt } from '../governance/halt/halt.ts';
import type { UsageStatus } from '../protocol/status.ts';
import type { Running } from '../sessions/running.ts';
import type { Agents } from './agents.ts';
import type { Channels } from './channels.ts';
import type { Devices } from './devices/devices.ts';
import type { Doubts } from './doubts/doubts.ts';
import type { FeedDesk } from './feed-desk.ts';
import type { Resume } from './halt.ts';
import type { Intake } from './intake.ts';
import type { Jails } from './jail.ts';
import type { Jobs } from './jobs.ts';
import type { Mcp } from './mcp.ts';
import type { Memory } from './memory.ts';
import type { ModelDesk } from './model-desk.ts';
import type { Notices } from './notices.ts';
import type { OwnChannels } from './own-channels.ts';
import type { OwnerAct } from './owner-acts.ts';
import type { OwnerUndo } from './owner-undo.ts';
import type { AtomOptions } from './parts.ts';
import type { PeopleDesk } from './people-desk.ts';
import type { Records } from './record.ts';
import type { Training } from './replay.ts';
import type { Skills } from './skills.ts';
import type { Stand } from './stand.ts';
import type { Trust } from './trust.ts';
import type { Witness } from './witness.ts';

/** Everybody, introduced to each other. What the gateway's methods speak to. */
export interface Atom {
  readonly options: AtomOptions;
  readonly records: Records;
  readonly jails: Jails;
  readonly skills: Skills;
  readonly mcp: Mcp;
  readonly channels: Channels;
  readonly ownChannels: OwnChannels;
  readonly running: Running;
  readonly accept: Intake['accept'];
  /** What only the owner may do. */
  readonly ownerAct: OwnerAct;
  readonly trust: Trust;
  readonly devices: Devices;
  readonly stand: Stand;
  readonly agents: Agents;
  readonly models: ModelDesk;
  readonly people: PeopleDesk;
  readonly training: Training;
  readonly undo: OwnerUndo;
  readonly halt: Halt;
  readonly jobs: Jobs;
  readonly memory: Memory;
  readonly doubts: Doubts;
  readonly feed: FeedDesk;
  readonly notices: Notices;
  /** Ends what holds, with what the owner gave along. */
  readonly resume: Resume;
  readonly usage: () => Promise<UsageStatus>;
  readonly witness: Witness;
  /** Opens the channels, loads the skills and begins to take turns. */
  start(): Promise<void>;
  /**
   * Finishes what runs and closes everything, in the reverse order of opening. Turns that are cut off
   * after `graceMs` are taken again at the next start.
   */
  close(graceMs: number): Promise<void>;
}
