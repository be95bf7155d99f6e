import { z } from 'zod';
import type { Approval } from '../../domain/approval.ts';
import type { AuditEntry } from '../../domain/audit-entry.ts';
import { strictest, verdicts } from '../../domain/decision.ts';
import type { DecidedStep, EndedStep, PlayedCard, PlayStep } from '../../domain/playback.ts';
import { type Run, runCode } from '../../domain/run.ts';
import { endOf } from '../run-reports.ts';

/** What is on record about a turn besides what was said in it. */
export interface Facts {
  /** `begun` and `refused`, oldest first. */
  readonly decisions: readonly AuditEntry[];
  readonly questions: readonly (readonly [intent: string, approval: Approval])[];
  readonly runs: ReadonlyMap<string, Ran | undefined>;
}

interface Ran {
  readonly run: Run;
  readonly printed: EndedStep['printed'] | undefined;
}

export interface OnRecord {
  readonly intent: string;
  readonly step: PlayStep;
}

/** Questions, answers, decisions and ends, oldest first; no ends of what was `answered` in the transcript. */
export function onRecord(facts: Facts, answered: ReadonlySet<string>): readonly OnRecord[] {
  const { decisions, questions, runs } = facts;
  const codes = new Map(questions.map(([, { id, card }]) => [id, card.code]));
  const asked = questions.flatMap(([intent, approval]) =>
    questionSteps(approval).map((step) => ({ intent, step })),
  );
  const wasAsked = new Set(questions.map(([intent]) => intent));
  const decided = decisions.flatMap((entry): readonly OnRecord[] => {
    if (entry.kind === 'refused') return refusalIn(entry, wasAsked);
    const found = begun.safeParse(entry.body).data;
    return found ? [{ intent: found.run, step: decisionIn(found, { at: entry.at, codes }) }] : [];
  });
  const begunIds = new Set(
    decided.flatMap(({ intent, step }) => ('run' in step && step.run ? [intent] : [])),
  );
  const ended = [...begunIds].flatMap((intent): readonly OnRecord[] => {
    const ran = runs.get(intent);
    return ran && !answered.has(intent) ? [{ intent, step: endedBy(ran) }] : [];
  });
  return [...asked, ...decided, ...ended].toSorted((a, b) => a.step.at - b.step.at);
}

/** How a run ended, as the record has it. */
export function endedBy({ run, printed }: Ran): EndedStep {
  const { action, state, begunAt, endedAt } = run;
  return {
    kind: 'ended',
    at: endedAt ?? begunAt,
    action,
    run: runCode(run.id),
    ok: state === 'done',
    end: state === 'begun' ? 'not ended' : endOf(run),
    text: '',
    ...(endedAt === undefined ? {} : { tookMs: endedAt - begunAt }),
    ...(printed ? { printed } : {}),
  };
}

function questionSteps({
  card,
  state,
  askedAt,
  decidedAt,
  decidedBy,
}: Approval): readonly PlayStep[] {
  const { code } = card;
  const asked = { kind: 'asked', at: askedAt, card: shownOf(card) } as const;
  if (decidedAt === undefined) return [asked];
  const by = decidedBy ? { by: `${decidedBy.surface}/${decidedBy.id}` } : {};
  return [asked, { kind: 'answered', at: decidedAt, code, state, ...by }];
}

function shownOf(card: Approval['card']): PlayedCard {
  const { code, action, kind, risk, factor, words, may, undo, why, who } = card;
  const { folder, jail, detail, says } = card;
  return {
    code,
    action,
    kind,
    risk,
    factor,
    words,
    may,
    undo,
    why,
    who,
    ...(folder === undefined ? {} : { folder }),
    ...(jail === undefined ? {} : { jail }),
    ...(detail === undefined ? {} : { detail }),
    ...(says === undefined ? {} : { says }),
  };
}

const begun = z.object({
  run: z.string(),
  action: z.string(),
  complexity: z.number(),
  matches: z.array(z.object({ verdict: z.enum(verdicts), why: z.string() })),
  approval: z.string().nullable(),
  standing: z.string().nullable(),
  words: z.array(z.string()),
});

function decisionIn(
  { run, action, complexity, matches, approval, standing, words }: z.output<typeof begun>,
  { at, codes }: { readonly at: number; readonly codes: ReadonlyMap<string, string> },
): DecidedStep {
  return {
    kind: 'decided',
    at,
    action,
    run: runCode(run),
    words,
    complexity,
    verdict: strictest(matches.map(({ verdict }) => verdict)),
    why: matches.map(({ verdict, why }) => `${verdict}: ${why}`),
    ...(approval === null ? {} : { approval: codes.get(approval) ?? approval }),
    ...(standing === null ? {} : { standing }),
  };
}

const refused = z.object({
  intent: z.string(),
  action: z.string(),
  reason: z.string(),
  message: z.string(),
});

/** What could not be done at all was not decided about, and what the owner said is told with the question. */
function refusalIn({ at, body }: AuditEntry, wasAsked: ReadonlySet<string>): readonly OnRecord[] {
  const found = refused.safeParse(body).data;
  if (!found || found.reason === 'failed') return [];
  const { intent, action, reason, message } = found;
  if (wasAsked.has(intent) && ANSWERS.has(reason)) return [];
  const why = message.split('\n');
  return [{ intent, step: { kind: 'decided', at, action, words: [], verdict: 'deny', why } }];
}

const ANSWERS: ReadonlySet<string> = new Set(['denied', 'expired', 'stopped']);
