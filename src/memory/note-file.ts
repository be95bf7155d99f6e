import {
  type Confidentiality,
  confidentialities,
  type Integrity,
  integrities,
  type Labels,
  worstLabels,
} from '../domain/label.ts';
import { type Note, OWNER } from '../domain/memory.ts';

/**
 * A note as a file: what it is labelled and where it came from, a line each between two rules, and then
 * the text. All of it is the owner's to edit, and the label, too: whoever takes that line out says with it
 * that the words are theirs.
 */
export function noteFile({ at, labels, chat, from, text }: Omit<Note, 'name'>): string {
  const head = [
    `kept: ${new Date(at).toISOString()}`,
    `label: ${labels.integrity}, ${labels.confidentiality}`,
    ...(chat === undefined ? [] : [`chat: ${oneLine(chat)}`]),
    ...(from === undefined ? [] : [`from: ${oneLine(from)}`]),
  ];
  return ['---', ...head, '---', text.trimEnd(), ''].join('\n');
}

/** What a file holds that was changed at `changedAt`. A label that cannot be read is the worst there is. */
export function readNote(
  file: string,
  { name, person, changedAt }: Pick<Note, 'name'> & { person: string; changedAt: number },
): Note {
  const lines = file.replace(/^\uFEFF/, '').split(/\r?\n/);
  const end = endOfHead(lines);
  // The first of a name counts: a text that came to stand below it says nothing of itself.
  const head = new Map(lines.slice(1, end).toReversed().map(fieldOf));
  const body = lines.slice(end > 0 && lines[end] === '---' ? end + 1 : end);
  const keptAt = Date.parse(head.get('kept') ?? '');
  const [chat, from] = [head.get('chat'), head.get('from')];
  return {
    name,
    text: body.join('\n').trim(),
    at: Number.isNaN(keptAt) ? changedAt : keptAt,
    labels: labelsIn(head.get('label'), person),
    ...(chat === undefined ? {} : { chat }),
    ...(from === undefined ? {} : { from }),
  };
}

/** Where the text begins; 0 where no line of ours is before it, as three dashes may be a rule that somebody drew. */
function endOfHead(lines: readonly string[]): number {
  if (lines[0] !== '---') return 0;
  const end = lines.findIndex((line, at) => at > 0 && !HEAD.test(line));
  return end < 0 ? lines.length : end === 1 ? 0 : end;
}

const HEAD = /^(kept|label|chat|from):(.*)$/;

function fieldOf(line: string): readonly [string, string] {
  const [, name = '', value = ''] = HEAD.exec(line) ?? [];
  return [name, value.trim()];
}

/** Written by hand, it is the owner's; in the folder of somebody else, it is meant for them to hear. */
function labelsIn(said: string | undefined, person: string): Labels {
  if (said === undefined)
    return { integrity: 'owner', confidentiality: person === OWNER ? 'private' : 'public' };
  const [integrity, confidentiality] = said.split(',').map((word) => word.trim());
  const known =
    (integrities as readonly (string | undefined)[]).includes(integrity) &&
    (confidentialities as readonly (string | undefined)[]).includes(confidentiality);
  return known
    ? {
        integrity: integrity as Integrity,
        confidentiality: confidentiality as Confidentiality,
      }
    : worstLabels;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
