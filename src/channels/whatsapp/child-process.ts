import { type ChildProcess, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import type { Duplex } from 'node:stream';
import { asAtomError } from '../../base/errors.ts';
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
export interface Child {
  tell(order: Order): void;
  kill(): void;
  /** Resolves once it is gone. */
  readonly gone: Promise<void>;
}

export interface ChildDeps {
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
 * Starts the child with an empty environment. It may read its own code and nothing else of the disk,
 * write none, and start nothing (Node's permission model). Its standard streams are closed: what its
 * libraries print holds keys.
 */
export function startChild(deps: ChildDeps): Child {
  const { program, settings } = deps;
  const child = spawn(
    process.execPath,
    [...permissions([program, settings.library]), program, JSON.stringify(settings)],
    { env: {}, stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'ipc'] },
  );
  const end = (why: string): void => {
    deps.odd(why);
    child.kill('SIGKILL');
  };
  child.on('message', (frame) => {
    const news = newsFrame.safeParse(frame);
    if (news.success) deps.news(news.data);
    else end('it told something that makes no sense');
  });
  answerAsks(child, deps, end);
  return {
    // A child that is gone hears nothing; whoever waits for it is told so by `gone`.
    tell: (order) => void (child.connected && child.send(order, () => undefined)),
    kill: () => void child.kill('SIGKILL'),
    gone: new Promise((resolve) => {
      child.once('error', () => resolve());
      child.once('close', () => resolve());
    }),
  };
}

function answerAsks(child: ChildProcess, deps: ChildDeps, end: (why: string) => void): void {
  const pipe = child.stdio[3] as Duplex;
  let line = '';
  // The child may be killed in the middle of a word.
  pipe.on('error', () => undefined);
  pipe.setEncoding('utf8').on('data', (piece: string) => {
    line += piece;
    if (line.length > MOST_LINE) return end('it asked for too much at once');
    if (!line.endsWith('\n')) return;
    const ask = parseAsk(line);
    line = '';
    if (ask === undefined) return end('it asked for something that makes no sense');
    deps
      .answer(ask)
      .catch((thrown: unknown): AskAnswer => ({ error: asAtomError(thrown).message }))
      .then((answer) => pipe.write(`${JSON.stringify(answer)}\n`));
  });
}

function parseAsk(line: string): Ask | undefined {
  try {
    return askFrame.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // no JSON
  }
}

/** Read access to the folders of the code: the package's own, and that of all packages beside Baileys. */
const permissions = (paths: readonly string[]): readonly string[] => [
  '--permission',
  ...paths.flatMap((path) => foldersOf(path)).map((folder) => `--allow-fs-read=${folder}${sep}*`),
];

function foldersOf(path: string): readonly string[] {
  const real = realpathSync(path);
  const at = real.lastIndexOf(`${sep}node_modules${sep}`);
  return [dirname(real), ...(at < 0 ? [] : [real.slice(0, at + `${sep}node_modules`.length)])];
}
