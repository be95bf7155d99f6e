import type { LogLine } from '../base/log.ts';
import type { AnswerResult, Approval } from '../domain/approval.ts';
import type { Halted } from '../domain/halt.ts';
import type { JailSpec, JailStatus, ProbeCheck } from '../domain/jail.ts';
import type { Rule } from '../domain/rule.ts';
import type { TranscriptEntry } from '../domain/session.ts';
import type { StandingApproval } from '../domain/standing-approval.ts';
import type { AccessAnswers } from './access-methods.ts';
import type { AgentAnswers } from './agent-methods.ts';
import type { Hello } from './connect.ts';
import type { KeepingAnswers } from './keeping-methods.ts';
import type { Status } from './status.ts';

export interface Answers extends AgentAnswers, AccessAnswers, KeepingAnswers {
  readonly connect: Hello;
  readonly status: Status;
  readonly 'chat.send': {
    readonly event: string;
    readonly session: string;
    readonly duplicate: boolean;
  };
  readonly 'chat.history': { readonly entries: readonly TranscriptEntry[] };
  readonly 'chat.stop': { readonly stopped: boolean };
  readonly 'approvals.list': { readonly approvals: readonly Approval[] };
  readonly 'approvals.show': { readonly approval: Approval };
  /** `ok` false carries why, in words; nothing was decided. */
  readonly 'approvals.answer': {
    readonly ok: boolean;
    readonly reason?: (AnswerResult & { readonly ok: false })['reason'];
    readonly message: string;
    readonly approval?: Approval;
    readonly given?: StandingApproval;
  };
  readonly 'rules.list': {
    readonly rules: readonly Rule[];
    readonly standing: readonly StandingApproval[];
    readonly secondFactor: boolean;
  };
  readonly 'rules.reload': {
    readonly rules: readonly Rule[];
    readonly loosened: readonly string[];
  };
  readonly 'standing.give': { readonly given: StandingApproval };
  readonly 'standing.revoke': { readonly revoked: StandingApproval };
  readonly 'agents.mark': { readonly agent: string; readonly demoted: boolean };
  /** `waiting`: jails of the configuration that let commands do more than was agreed to. */
  readonly 'jails.list': {
    readonly jails: readonly JailSpec[];
    readonly status: JailStatus;
    readonly waiting: readonly JailSpec[];
  };
  readonly 'jails.check': {
    readonly status: JailStatus;
    readonly checks?: readonly ProbeCheck[];
  };
  readonly 'jails.reload': { readonly jails: readonly JailSpec[] };
  readonly 'record.checkpoint': { readonly size: number; readonly note: string };
  /** The text of the new key. */
  readonly 'record.rotate': { readonly key: string };
  readonly 'log.recent': { readonly lines: readonly LogLine[] };
  /** `denied`: codes of the questions that were open; `stopped`: sessions whose turns were. */
  readonly panic: {
    readonly halted: Halted;
    readonly denied: readonly string[];
    readonly stopped: readonly string[];
  };
  readonly pause: { readonly halted: Halted };
  /** `ok` false carries why, in words; nothing was changed. */
  readonly resume:
    | { readonly ok: true; readonly was: Halted }
    | {
        readonly ok: false;
        readonly reason: 'not-held' | 'needs-code' | 'needs-word' | 'not-here' | 'refused';
        readonly message: string;
      };
  readonly stop: { readonly running: readonly string[] };
}
