import type { MessageEntity } from 'grammy/types';
import type { Mark, RichText } from '../../domain/rich-text.ts';

/** Source: core.telegram.org/api/entities; the server passes over what is beyond it. */
const MOST = 100;

/**
 * Marks as the entities of a message, which say where and what: nothing in the words can act as markup.
 * Code takes no other mark and stands in no link, and a quote takes no quote; what does not go together is left out, and so is
 * whatever is over the limit.
 */
export function entitiesOf({ marks }: RichText): MessageEntity[] {
  const taken: Mark[] = [];
  for (const mark of marks) {
    if (taken.length === MOST) break;
    if (taken.every((outer) => goTogether(outer, mark))) taken.push(mark);
  }
  return taken.map(entityOf);
}

const CODE: readonly Mark['kind'][] = ['code', 'block'];

function goTogether(outer: Mark, inner: Mark): boolean {
  if (outer.to <= inner.from) return true;
  if (CODE.includes(outer.kind)) return false;
  if (outer.kind === 'link' && CODE.includes(inner.kind)) return false;
  return outer.kind !== inner.kind;
}

function entityOf(mark: Mark): MessageEntity {
  const place = { offset: mark.from, length: mark.to - mark.from };
  switch (mark.kind) {
    case 'bold':
    case 'heading':
      return { type: 'bold', ...place };
    case 'italic':
      return { type: 'italic', ...place };
    case 'strike':
      return { type: 'strikethrough', ...place };
    case 'quote':
      return { type: 'blockquote', ...place };
    case 'code':
      return { type: 'code', ...place };
    case 'block':
      return { type: 'pre', ...place, ...(mark.language && { language: mark.language }) };
    case 'link':
      return { type: 'text_link', ...place, url: mark.url };
  }
}
