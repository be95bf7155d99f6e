import { z } from 'zod';
import type { Outcome } from '../domain/action.ts';
import { feedModes, type Maturity, MODEL_NAME, maturities } from '../domain/agent.ts';
import type { AgentReport, AgentSummary } from '../domain/agent-report.ts';
import { wakeKinds } from '../domain/errand.ts';
import type { TrainingItem } from '../domain/training.ts';
import { factorCode, type ModelAnswers, modelParams } from './model-methods.ts';

export const agentName = z.string().min(1).max(64);

/** The parameters of the methods about agents, and what they think with. */
export const agentParams = {
  ...modelParams,
  'agents.list': () => z.strictObject({}),
  'agents.show': () => z.strictObject({ name: agentName }),
  'agents.add': () =>
    z.strictObject({
      name: agentName,
      maturity: z.enum(['student', 'intern']).default('student'),
      model: z.string().regex(MODEL_NAME, '"offline" or provider/model').optional(),
      workspace: agentName.optional(),
      jails: z.array(z.string().min(1)).min(1).optional(),
      skills: z.array(z.string().min(1)).optional(),
      feed: z.enum(feedModes).optional(),
      private: z.boolean().optional(),
      /** Where its model is read by somebody who is told nothing now, and a second factor is enrolled. */
      code: factorCode.optional(),
    }),
  /**
   * How much of what it does is told in the feed; a private one never posts at all. What lets it, or others with
   * it, do more needs a code, where a second factor is enrolled.
   */
  'agents.set': () =>
    z.strictObject({
      name: agentName,
      feed: z.enum(feedModes).optional(),
      private: z.boolean().optional(),
      /** What it wakes for in the feed. */
      wakes: z.array(z.enum(wakeKinds)).max(wakeKinds.length).optional(),
      /** The only agents that may ask it something; null for the usual: all, or none where it is private. */
      askedBy: z.array(agentName).max(64).nullable().optional(),
      code: factorCode.optional(),
    }),
  /** One step up unless `to` says where; `code` of the second factor. */
  'agents.promote': () =>
    z.strictObject({
      name: agentName,
      to: z.enum(maturities).optional(),
      code: z.string().min(1).max(64).optional(),
    }),
  /** One step down. */
  'agents.demote': () => z.strictObject({ name: agentName }),
  'agents.pause': () => z.strictObject({ name: agentName }),
  'agents.resume': () => z.strictObject({ name: agentName }),
  /** Says of something that an agent did that it was taken back, or did harm. */
  'agents.mark': () =>
    z.strictObject({
      run: z.string().min(1),
      mark: z.enum(['undone', 'harmful']),
    }),
  /** What students were refused and waits; of all of them unless named. */
  'agents.training': () => z.strictObject({ name: agentName.optional() }),
  'agents.replay': () => z.strictObject({ id: z.string().min(1) }),
  'agents.drop': () => z.strictObject({ id: z.string().min(1) }),
} as const;

export interface MaturityMove {
  readonly agent: string;
  readonly from: Maturity;
  readonly to: Maturity;
}

/** What they answer. */
export interface AgentAnswers extends ModelAnswers {
  readonly 'agents.list': { readonly agents: readonly AgentSummary[] };
  readonly 'agents.show': AgentReport;
  readonly 'agents.add': { readonly agent: AgentSummary };
  readonly 'agents.set': { readonly agent: AgentSummary };
  readonly 'agents.promote': MaturityMove;
  readonly 'agents.demote': MaturityMove;
  /** `changed` false: it was so already. */
  readonly 'agents.pause': { readonly changed: boolean };
  readonly 'agents.resume': { readonly changed: boolean };
  readonly 'agents.mark': { readonly agent: string; readonly demoted: boolean };
  readonly 'agents.training': { readonly items: readonly TrainingItem[] };
  readonly 'agents.replay': { readonly outcome: Outcome };
  readonly 'agents.drop': Readonly<Record<string, never>>;
}
