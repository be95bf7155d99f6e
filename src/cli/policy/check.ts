import { type Maturity, maturities } from '../../domain/agent.ts';
import { cleanLabels, type Integrity } from '../../domain/label.ts';
import { decide, type Question } from '../../governance/decide.ts';
import { agentById } from '../../store/tables/agents.ts';
import type { Cli } from '../cli.ts';
import { readRecord } from '../record.ts';
import { readRules } from '../rules/save.ts';
import { isEnrolled } from '../second-factor/offline.ts';
import { releases } from './release.ts';
import { reportDecision } from './report.ts';
import { imagine, type WhatIf } from './what-if.ts';

export interface PolicyWish extends WhatIf {
  /** The agent's own unless told. */
  readonly as?: Maturity;
  readonly labels: Integrity;
}

/** Decides about something that nobody asked for, by the functions that the governor uses; does nothing. */
export async function checkPolicy(cli: Cli, wish: PolicyWish): Promise<void> {
  const { subject, measured, targets } = await imagine(cli, wish);
  const principal = { kind: 'agent', id: subject.agent ?? 'atom' } as const;
  const maturity = wish.as ?? (await maturityOf(cli, principal.id));
  const question: Question = {
    principal,
    maturity,
    subject,
    targets,
    complexity: measured.complexity,
    reasons: measured.reasons,
    window: { labels: { ...cleanLabels, integrity: wish.labels }, sources: [], said: '' },
    rules: await readRules(cli),
    secondFactor: await isEnrolled(cli),
  };
  const decision = decide(question);
  const found = { decision, releases: releases(question, decision) };
  if (cli.out.json) cli.out.object({ ...decision, maturity, subject, releases: found.releases });
  else reportDecision(cli.out, { ...wish, as: maturity }, found);
}

/** What the record says; before the first start what it will say. */
async function maturityOf(cli: Cli, id: string): Promise<Maturity> {
  const agent = await readRecord(cli, (sql) => agentById(sql, id));
  return agent?.maturity ?? maturities[1];
}
