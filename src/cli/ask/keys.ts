export type Key = 'next' | 'all' | 'quit';

/** Keys of a person who looks at something page by page. */
export interface Keys {
  /** Waits for one that means something; `hint` is shown meanwhile. Once the terminal is gone it is `quit`. */
  next(hint: string): Promise<Key>;
  close(): void;
}

const MEANINGS: Readonly<Record<string, Key>> = {
  '\r': 'next',
  '\n': 'next',
  ' ': 'next',
  n: 'next',
  a: 'all',
  q: 'quit',
  // Ctrl-C, Ctrl-D and Escape.
  '\u0003': 'quit',
  '\u0004': 'quit',
  '\u001b': 'quit',
};

/** Back to the beginning of the line, and nothing on it. */
const WIPE = '\r\u001b[2K';

/** Takes the terminal's keys as they are pressed, until `close`. Those pressed ahead count. */
export function createKeys(input = process.stdin, output = process.stderr): Keys {
  const ahead: Key[] = [];
  let waiting: ((key: Key) => void) | undefined;
  let over = false;
  const take = (key: Key): void => {
    if (waiting) waiting(key);
    else ahead.push(key);
    waiting = undefined;
  };
  const onData = (chunk: Buffer): void => {
    const text = chunk.toString('utf8');
    // An arrow begins with Escape as well; only Escape alone is one.
    const keys = text.startsWith('\u001b') ? [text] : Array.from(text);
    for (const key of keys) if (MEANINGS[key] !== undefined) take(MEANINGS[key]);
  };
  const onEnd = (): void => {
    over = true;
    waiting?.('quit');
  };
  input.setRawMode(true);
  input.on('data', onData).on('end', onEnd).resume();
  return {
    next: async (hint) => {
      const ready = ahead.shift() ?? (over ? 'quit' : undefined);
      if (ready) return ready;
      output.write(hint);
      const key = await new Promise<Key>((resolve) => {
        waiting = resolve;
      });
      output.write(WIPE);
      return key;
    },
    close: () => {
      input.off('data', onData).off('end', onEnd).pause();
      input.setRawMode(false);
    },
  };
}
