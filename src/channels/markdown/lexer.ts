import { getDefaults, Lexer, type Token, Tokenizer, type Tokens } from 'marked';

/** Quotes and lists inside each other; what lies deeper stays as it was written. */
const MOST_DEPTH = 8;
/** More columns than any screen shows. Every row has a cell for each of them, however short it is. */
const MOST_COLUMNS = 32;
/** Characters looked at for the ends of what `*`, `_` and `~` begin: each beginning looks at the whole rest. */
const MOST_LOOKED_AT = 200_000;
/** Words are looked through in stretches, for each look goes to the end of what it is given. */
const STRETCH = 512;

/**
 * The tokens of a Markdown text, in a time that grows with its length and no faster. What would take
 * longer stays text, and so does HTML. Definitions of links stay where they were written.
 */
export const tokensOf = (text: string): readonly Token[] =>
  new Lexer({ ...getDefaults(), tokenizer: new BoundedTokenizer() }).lex(text);

class BoundedTokenizer extends Tokenizer {
  #depth = 0;
  #lookedAt = 0;

  override html(): undefined {}
  override tag(): undefined {}
  override def(): undefined {}

  override blockquote(src: string): Tokens.Blockquote | undefined {
    return this.#deeper(() => super.blockquote(src));
  }

  override list(src: string): Tokens.List | undefined {
    return this.#deeper(() => super.list(src));
  }

  override table(src: string): Tokens.Table | undefined {
    const [header = ''] = src.trimStart().split('\n', 1);
    return header.split('|').length > MOST_COLUMNS + 2 ? undefined : super.table(src);
  }

  override emStrong(...[src, ...rest]: Parameters<Tokenizer['emStrong']>) {
    return this.#mayLookAt(src) ? super.emStrong(src, ...rest) : undefined;
  }

  override del(...[src, ...rest]: Parameters<Tokenizer['del']>) {
    return this.#mayLookAt(src) ? super.del(src, ...rest) : undefined;
  }

  override inlineText(src: string): Tokens.Text | undefined {
    return super.inlineText(src.length > STRETCH ? stretchOf(src) : src);
  }

  #deeper<T>(read: () => T | undefined): T | undefined {
    if (this.#depth === MOST_DEPTH) return undefined;
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }

  #mayLookAt(src: string): boolean {
    // Nothing else is asked for at every character.
    if (!/^[*_~]/.test(src)) return true;
    this.#lookedAt += src.length;
    return this.#lookedAt <= MOST_LOOKED_AT;
  }
}

/** Up to a space, where there is one: an address must not be cut in two. */
function stretchOf(src: string): string {
  const at = Math.max(src.lastIndexOf(' ', STRETCH), src.lastIndexOf('\n', STRETCH));
  return src.slice(0, at > 0 ? at : STRETCH);
}
