import type { Mark, MarkKind } from '../../domain/rich-text.ts';

/** Words as they are written down, one after the other, with the marks on them. */
export interface Page {
  say(words: string): void;
  /** Marks whatever `write` writes; nothing, where it writes nothing. */
  marked(kind: MarkKind, write: () => void): void;
  /** Every line that begins within `write` begins with this. */
  indented(margin: string, write: () => void): void;
  /** As it is, whatever the margin. */
  block(words: string): void;
  readonly text: string;
  readonly marks: readonly Mark[];
}

export function createPage(): Page {
  let text = '';
  let margin = '';
  const marks: Mark[] = [];
  return {
    say: (words) => {
      // Empty lines stay empty.
      text += margin === '' ? words : words.replace(/\n(?!\n)/g, `\n${margin}`);
    },
    block: (words) => {
      text += words;
    },
    marked: (kind, write) => {
      const [from, place] = [text.length, marks.length];
      write();
      // Outer ones first: what lies inside was marked meanwhile.
      if (text.length > from) marks.splice(place, 0, { ...kind, from, to: text.length });
    },
    indented: (more, write) => {
      const before = margin;
      margin += more;
      write();
      margin = before;
    },
    get text() {
      return text;
    },
    get marks() {
      return marks;
    },
  };
}
