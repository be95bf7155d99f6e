import type { Leaving } from '../domain/action.ts';
import type { Complexity } from '../domain/complexity.ts';
import type { RuleMatch } from '../domain/decision.ts';
import { sourceText } from '../domain/label.ts';
import type { Window } from '../domain/window.ts';
import { isEndorsed } from './labels/endorsed.ts';
import { hostsOf } from './labels/speaks.ts';
import { type Traits, traitsOf } from './labels/traits.ts';

/** What a decision knows of an action, as far as labels matter. */
export interface Gated {
  readonly subject: { readonly action: string };
  readonly complexity: Complexity;
  readonly window: Window;
  readonly targets: readonly string[];
  /** What the executor found out about who reads it; counts as `people` where it says nothing. */
  readonly leaves?: Leaving | undefined;
  /** Hosts that it may speak to where it is more than a look. */
  readonly speaksTo?: readonly string[] | undefined;
  /** True where it hands over more than what it is aimed at. */
  readonly sends?: boolean | undefined;
  /** Files that it reads and that are marked private, by name. */
  readonly shown?: readonly string[] | undefined;
}

/**
 * The gate against injected instructions. The model is assumed to obey whoever wrote last, so the
 * window's label counts, not what the model says: with words of strangers in it, whatever runs, sends
 * or keeps is asked about, and so is a write or a fetch that the owner did not aim; with secrets in it,
 * nothing leaves. Pure, and monotone in the label.
 */
export function labelGate(gated: Gated): readonly RuleMatch[] {
  const traits = traitsOf(gated.subject.action);
  return [...untrustedMatch(gated, traits), ...secretMatch(gated, traits)];
}

function untrustedMatch(gated: Gated, traits: Traits): readonly RuleMatch[] {
  if (gated.window.labels.integrity !== 'untrusted') return [];
  const sends = traits.sends || gated.sends === true;
  const always = (traits.runs && gated.complexity > 1) || sends || traits.keeps === true;
  const unlessNamed = traits.keeps === 'target' || traits.fetches || tells(gated, traits);
  const named = isEndorsed(gated.targets, gated.window.said);
  if (!always && (!unlessNamed || named)) return [];
  const unnamed = always || named ? '' : notNamed(gated.targets);
  const why = `${readWords(gated.window.sources)}${unnamed}`;
  return [{ rule: 'labels/untrusted', verdict: 'ask', why }];
}

/** Hands what is private to people who are not the owner. */
const tells = (gated: Gated, traits: Traits): boolean =>
  leavingOf(gated, traits) === 'people' && gated.window.labels.confidentiality !== 'public';

function secretMatch(gated: Gated, traits: Traits): readonly RuleMatch[] {
  const hosts = hostsOf(gated, gated.complexity);
  const shown = gated.shown ?? [];
  if (hosts.length > 0 && shown.length > 0) return [couldSend(shown, hosts)];
  if (traits.sends && shown.length > 0) return [wouldSend(shown)];
  if (gated.window.labels.confidentiality !== 'secret') return [];
  const leaving = leavingOf(gated, traits);
  if (leaving === 'nobody') return [];
  const what = listed(gated.window.secrets ?? []) ?? 'a secret';
  const then =
    leaving === 'provider'
      ? 'so it may not go to a model beyond this machine: start afresh with /new, or use a local model'
      : 'so nothing may leave: start afresh with /new';
  const why = `this conversation has seen ${what}, which is marked private, ${then}`;
  return [{ rule: 'labels/secret', verdict: 'deny', why }];
}

function wouldSend(shown: readonly string[]): RuleMatch {
  const why = `${listed(shown)} is marked private: it never leaves this machine`;
  return { rule: 'labels/secret', verdict: 'deny', why };
}

/** What has a network shows what it reads to whoever it likes. */
function couldSend(shown: readonly string[], hosts: readonly string[]): RuleMatch {
  const why = `it could send ${listed(shown)}, which is marked private, to ${listed(hosts)}: use a jail without a network for it`;
  return { rule: 'labels/secret', verdict: 'deny', why };
}

function leavingOf(gated: Gated, traits: Traits): Leaving {
  if (hostsOf(gated, gated.complexity).length > 0) return 'people';
  return traits.leaves === 'as prepared' ? (gated.leaves ?? 'people') : traits.leaves;
}

function readWords(sources: readonly string[]): string {
  const heard = listed(sources.filter(isMessage));
  const read = listed(sources.filter((source) => !isMessage(source)));
  const all = [...(heard ? [`heard ${heard}`] : []), ...(read ? [`read ${read}`] : [])];
  return `this turn has ${all.join(' and ') || 'read words that are not yours'}`;
}

const isMessage = (source: string): boolean => source.startsWith('a message ');

const notNamed = ([target]: readonly string[]): string =>
  target === undefined ? '' : `, and you did not name ${sourceText(target)}`;

const MOST = 3;

function listed(sources: readonly string[]): string | undefined {
  if (sources.length === 0) return undefined;
  const more = sources.length - MOST;
  const first = sources.slice(0, MOST).map(sourceText);
  return [...first, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
