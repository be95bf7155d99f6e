import { realpathSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { asAtomError } from '../../base/errors.ts';
import type { LibraryProcess, StartLibrary } from '../../domain/library-process.ts';
import type { AskAnswer } from './child/ask.ts';
import {
  type Ask,
  askFrame,
  type ChildSettings,
  type News,
  newsFrame,
  type Order,
} from './frames.ts';

/** The process that holds one connection. */
export interface Child extends Pick<LibraryProcess, 'kill' | 'gone'> {
  tell(order: Order): void;
}

export interface ChildDeps {
  readonly start: StartLibrary;
  /** The program to run, such as `dist/channels/whatsapp.js`. */
  readonly program: string;
  readonly settings: ChildSettings;
  /** Answers what the child stands still for. */
  answer(ask: Ask): Promise<AskAnswer>;
  news(news: News): void;
  /** Told of what the child may not do: it is ended for it. */
  odd(why: string): void;
}

/** What a child may hand over at once: a message, or the keys of one transaction. */
const MOST_LINE = 4 * 1024 * 1024;

/**
 * Starts the child with an empty environment. It may read its own code, write nothing and start nothing.
 * Its standard streams are closed: what its libraries print holds keys.
 */
export function startChild({ start, program, settings, ...deps }: ChildDeps): Child {
  const child = start(
    {
      path: program,
      argument: JSON.stringify(settings),
      folders: [...new Set([program, settings.library].flatMap(foldersOf))],
    },
    (frame) => {
      const news = newsFrame.safeParse(frame);
      if (news.success) deps.news(news.data);
      else end('it told something that makes no sense');
    },
  );
  const end = (why: string): void => {
    deps.odd(why);
    child.kill();
  };
  answerAsks(child, deps, end);
  return child;
}

function answerAsks(
  { pipe }: LibraryProcess,
  { answer }: Pick<ChildDeps, 'answer'>,
  end: (why: string) => void,
): void {
  let line = '';
  pipe.setEncoding('utf8').on('data', (piece: string) => {
    line += piece;
    if (line.length > MOST_LINE) return end('it asked for too much at once');
    if (!line.endsWith('\n')) return;
    const ask = parseAsk(line);
    line = '';
    if (ask === undefined) return end('it asked for something that makes no sense');
    answer(ask)
      .catch((thrown: unknown): AskAnswer => ({ error: asAtomError(thrown).message }))
      .then((answered) => pipe.write(`${JSON.stringify(answered)}\n`));
  });
}

function parseAsk(line: string): Ask | undefined {
  try {
    return askFrame.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // no JSON
  }
}

/** The folders of its code: the package's own, and that of all packages beside Baileys. */
function foldersOf(path: string): readonly string[] {
  const real = realpathSync(path);
  const at = real.lastIndexOf(`${sep}node_modules${sep}`);
  return [dirname(real), ...(at < 0 ? [] : [real.slice(0, at + `${sep}node_modules`.length)])];
}
