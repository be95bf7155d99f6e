/** A code block between fences that begins in a text and does not end in it. */
export interface Fence {
  /** Where its line begins. */
  readonly at: number;
  /** The lines that open it and close it, without their ends. */
  readonly opening: string;
  readonly closing: string;
}

/** Source: spec.commonmark.org/0.31.2/#fenced-code-blocks. In a list they are set in further. */
const OPENING = /^( *)(`{3,}|~{3,})([^`]*)$/;
/** What a block is written in is said again where it goes on; more than this is no language. */
const MOST_LANGUAGE = 32;

/** The block that is open at the end of a text. */
export function openFence(text: string): Fence | undefined {
  let open: Fence | undefined;
  let at = 0;
  for (const line of text.split('\n')) {
    if (!open) open = fenceIn(line, at);
    else if (closes(open, line)) open = undefined;
    at += line.length + 1;
  }
  return open;
}

function fenceIn(line: string, at: number): Fence | undefined {
  const [, margin = '', mark, said = ''] = OPENING.exec(line) ?? [];
  if (mark === undefined) return undefined;
  const [language = ''] = said.trim().split(' ', 1);
  const named = language.length <= MOST_LANGUAGE ? language : '';
  return { at, opening: mark + named, closing: margin + mark };
}

/** Whether a line ends a block: as many of the same signs as began it, or more. */
export function closes({ closing }: Fence, line: string): boolean {
  const mark = closing.trimStart();
  const [sign = ''] = mark;
  const trimmed = line.trim();
  return trimmed.length >= mark.length && trimmed === sign.repeat(trimmed.length);
}
