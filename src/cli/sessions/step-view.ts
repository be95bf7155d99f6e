import { duration } from '../../base/clock.ts';
import { sizeWords } from '../../base/size.ts';
import { visible, visibleBlock } from '../../base/visible.ts';
import type { ApprovalState } from '../../domain/approval.ts';
import { isCommand } from '../../domain/card.ts';
import type { DecidedStep, EndedStep, PlayedCard, PlayStep } from '../../domain/playback.ts';
import { cardLine } from '../out/words.ts';

/** One step in words that are safe to draw: what it is, what there is to know, and a text as it stands. */
export interface StepView {
  readonly title: string;
  readonly tone: 'said' | 'good' | 'ask' | 'bad' | 'plain';
  /** One line each. */
  readonly facts: readonly string[];
  readonly block?: string;
}

export function viewOf(step: PlayStep): StepView {
  const { title, tone, facts = [], block = '' } = rawView(step);
  const text = visibleBlock(block).replace(/\n+$/, '');
  const safe = { title: visible(title), tone, facts: facts.map(visible) };
  return text === '' ? safe : { ...safe, block: text };
}

interface RawView {
  readonly title: string;
  readonly tone: StepView['tone'];
  readonly facts?: readonly string[];
  readonly block?: string;
}

function rawView(step: PlayStep): RawView {
  switch (step.kind) {
    case 'message':
      return { title: `${step.who} says`, tone: 'said', block: step.text };
    case 'planned': {
      const calls = step.calls.map(({ tool, input }) => `${tool} ${JSON.stringify(input)}`);
      const aside = step.aside === undefined ? [] : [step.aside];
      const title = step.final ? 'atom answers' : 'atom wants';
      return { title, tone: 'said', facts: [...calls, ...aside], block: step.text };
    }
    case 'decided':
      return decidedView(step);
    case 'asked':
      return askedView(step.card);
    case 'answered': {
      const by = step.by === undefined ? '' : ` by ${step.by}`;
      const tone = YES.has(step.state) ? 'good' : 'bad';
      return { title: `approval ${step.code} ${ANSWERS[step.state]}${by}`, tone };
    }
    case 'ended':
      return endedView(step);
    case 'note':
      return { title: 'atom notes', tone: 'plain', block: step.text };
    case 'summary':
      return { title: step.words, tone: 'plain', block: step.text };
  }
}

const VERDICTS = { allow: 'allowed', ask: 'allowed after a yes', deny: 'refused' } as const;

function decidedView(step: DecidedStep): RawView {
  const { action, words, verdict, complexity, approval, standing, run } = step;
  const facts = [
    ...(complexity === undefined ? [] : [`complexity ${complexity} of 4`]),
    ...step.why,
    ...(approval === undefined ? [] : [`released by approval ${approval}`]),
    ...(standing === undefined ? [] : [`released by the standing approval ${standing}`]),
    ...(run === undefined ? [] : [`run ${run}`]),
  ];
  const title = `${VERDICTS[verdict]}: ${[action, ...words].join(' ')}`;
  return { title, tone: verdict === 'deny' ? 'bad' : 'good', facts };
}

function askedView(card: PlayedCard): RawView {
  const { code, risk, factor, who, folder, jail, may, undo, why, says, detail = '' } = card;
  const line = `${isCommand(card.kind) ? '$ ' : ''}${cardLine(card)}`;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['for', who],
    ['in', folder],
    ['jail', jail],
    ['may', may.join(' · ')],
    ['undo', undo],
    ['why', why.join(' · ')],
    ['says', says === undefined ? undefined : `“${says}” (the agent's words)`],
  ];
  return {
    title: `asks: approval ${code}, ${risk} risk, answered by ${FACTORS[factor]}`,
    tone: 'ask',
    facts: [line, ...rows.flatMap(([name, text]) => (text ? [`${name} ${text}`] : []))],
    block: detail,
  };
}

const FACTORS = {
  tap: 'a tap',
  typed: 'its code typed out',
  totp: 'its code and one of the second factor',
} as const;

const YES: ReadonlySet<ApprovalState> = new Set(['approved', 'used']);

const ANSWERS: Readonly<Record<ApprovalState, string>> = {
  pending: 'waits',
  batched: 'waits with another',
  approved: 'approved',
  used: 'approved',
  denied: 'denied',
  expired: 'expired: nobody answered in time',
  void: 'taken back before it was answered',
};

function endedView({ tool, action, run, ok, end, tookMs, text, printed }: EndedStep): RawView {
  const facts = [
    ...(end === '' ? [] : [end]),
    ...(tookMs === undefined ? [] : [`took ${tookWords(tookMs)}`]),
    ...(printed ? [`printed ${sizeWords(printed.bytes)}`] : []),
    ...(printed && run !== undefined ? [`all of it: atom runs output ${run}`] : []),
  ];
  const title = `${tool ?? action ?? 'it'} ${ok ? 'is done' : 'was not done'}`;
  return { title, tone: ok ? 'good' : 'bad', facts, block: printed?.text ?? text };
}

/** `120 ms`, `4 s`. */
export const tookWords = (ms: number): string => (ms < 1000 ? `${ms} ms` : duration(ms));
