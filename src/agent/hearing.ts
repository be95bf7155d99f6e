import type { InboundEvent } from '../domain/event.ts';
import {
  cleanLabels,
  isGuarded,
  joinLabels,
  type Labels,
  type Sourced,
  sourceText,
  worstLabels,
} from '../domain/label.ts';

/**
 * The label of a message. Only the owner's own words are the owner's: what somebody else sent, what the
 * owner merely passed on, and what only claims to be of the owner may have been written to mislead. In a
 * group everybody has read it, and what somebody else said is no secret from the chat that they said it in.
 */
export function labelOfEvent(event: InboundEvent, isOwner: boolean): Sourced {
  if (event.via?.surface === 'agent') return labelOfErrand(event);
  const { isGroup, sender } = event;
  const doubt = event.wordsOf ?? (event.claimed ? 'who may be anybody' : undefined);
  const confidentiality: Labels['confidentiality'] = isGroup || !isOwner ? 'public' : 'private';
  // What an agent worded for a later time is done, but names nothing in the owner's place.
  const integrity = event.via?.worded ? 'local' : 'owner';
  if (isOwner && doubt === undefined) return { labels: { integrity, confidentiality } };
  const how = doubt === undefined ? '' : `, ${doubt}`;
  const source = sourceText(`a message of ${sender.id}${isGroup ? ' in a group' : ''}${how}`);
  return { labels: { integrity: 'untrusted', confidentiality }, source };
}

/** The words of another agent are as bad as all that it was shown, and never an owner's own. */
function labelOfErrand({ via, sender }: InboundEvent): Sourced {
  const labels = joinLabels(via?.heard?.labels ?? worstLabels, LOCAL);
  if (!isGuarded(labels)) return { labels };
  const from = via?.heard?.source;
  return { labels, source: sourceText(`${from ?? 'words'} by ${sender.id}`) };
}

const LOCAL: Labels = { integrity: 'local', confidentiality: 'public' };

/** Of what holds the names of files that came with a message: whoever named a file may have been anybody. */
export const labelOfNames = ({ labels, source }: Sourced): Sourced => ({
  labels: { ...labels, integrity: 'untrusted' },
  source: source ?? 'the name of a file',
});

/** Of what atom says the same each time, whatever was said. */
export const PLAIN: Sourced = { labels: cleanLabels };

/** Of what else atom itself notes. */
export const OWN: Sourced = { labels: { integrity: 'owner', confidentiality: 'private' } };
