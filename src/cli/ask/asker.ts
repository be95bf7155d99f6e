import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { plainly, wantsPlain } from '../out/plain.ts';

export interface Choice<T> {
  readonly value: T;
  readonly words: string;
}

/** Asks a person at the terminal; questions go to stderr. Leaving (Ctrl-C, Ctrl-D) is AtomError `declined`. */
export interface Asker {
  line(question: string): Promise<string>;
  /** For keys and tokens: what is typed is not shown. */
  hidden(question: string): Promise<string>;
  /** Enter takes the default. */
  yes(question: string, byDefault: boolean): Promise<boolean>;
  /** A numbered list; Enter takes the first. */
  choice<T>(question: string, choices: readonly Choice<T>[]): Promise<T>;
  close(): void;
}

/** Takes stdin until `close`. Lines typed ahead answer the questions that follow. */
export function createAsker(): Asker {
  let muted = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!muted) process.stderr.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
  const next = queue(lines);

  const line = async (question: string): Promise<string> => {
    lines.setPrompt(dressed(question));
    lines.prompt();
    return (await next()).trim();
  };
  return {
    line,
    async hidden(question) {
      ask(question);
      muted = true;
      try {
        return await line('');
      } finally {
        muted = false;
        process.stderr.write('\n');
      }
    },
    async yes(question, byDefault) {
      const answer = await line(`${question} ${byDefault ? '[Y/n]' : '[y/N]'} `);
      return answer === '' ? byDefault : /^y(es)?$/i.test(answer);
    },
    choice: (question, choices) => choose(line, question, choices),
    close: () => lines.close(),
  };
}

const dressed = (text: string): string => (wantsPlain() ? plainly(text) : text);
const ask = (text: string): void => void process.stderr.write(dressed(text));

/** Lines as they come: kept until somebody asks for the next. */
function queue(lines: ReturnType<typeof createInterface>): () => Promise<string> {
  const kept: string[] = [];
  let waiting: PromiseWithResolvers<string> | undefined;
  let over = false;
  const take = (): PromiseWithResolvers<string> | undefined => {
    const taken = waiting;
    waiting = undefined;
    return taken;
  };
  lines.on('line', (line) => {
    const asked = take();
    if (asked === undefined) kept.push(line);
    else asked.resolve(line);
  });
  lines.on('SIGINT', () => lines.close());
  lines.on('close', () => {
    over = true;
    take()?.reject(cancelled());
  });
  return async () => {
    const ready = kept.shift();
    if (ready !== undefined) return ready;
    if (over) throw cancelled();
    waiting = Promise.withResolvers();
    return await waiting.promise;
  };
}

const cancelled = (): AtomError => new AtomError('declined', 'Cancelled. Nothing was changed.');

async function choose<T>(
  line: Asker['line'],
  question: string,
  choices: readonly Choice<T>[],
): Promise<T> {
  const list = choices.map(
    ({ words }, i) => `     ${i === 0 ? '›' : ' '} ${i + 1}  ${visible(words)}`,
  );
  ask(`\n${[question, ...list].join('\n')}\n`);
  for (;;) {
    const answer = await line('     [1] ');
    const chosen = choices[answer === '' ? 0 : Number(answer) - 1];
    if (chosen !== undefined) return chosen.value;
    process.stderr.write(`     Type a number from 1 to ${choices.length}; Enter takes 1.\n`);
  }
}
