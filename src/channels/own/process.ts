import { extname } from 'node:path';
import { createLastWords } from '../../base/last-words.ts';
import type { Redact } from '../../base/redact.ts';
import { endingWords } from '../../domain/ending-words.ts';
import type { JailStatus, LaunchRequest, LaunchResult, SpokenWith } from '../../domain/jail.ts';
import { createLines } from '../lines.ts';
import { type News, newsFrame, type Order } from './frames.ts';

/** Where the processes of such channels run. */
export interface OwnHost {
  launch(
    request: OwnLaunch,
    signal: AbortSignal,
    onUpdate: (part: { readonly text: string }) => void,
  ): Promise<LaunchResult>;
  /** Unless the jail held when it was tried, no process is started. */
  readonly status: () => Promise<JailStatus>;
  /** The Node that runs them. */
  readonly nodePath: string;
  /** `channels/own.mjs` of the build. */
  readonly runnerPath: string;
  /** An empty folder that may be a jail. */
  readonly emptyFolder: string;
}

interface OwnLaunch extends LaunchRequest {
  readonly speaksTo?: readonly string[];
  readonly speaksToOwn?: readonly string[];
}

/** What a process may reach, and who hears what it tells. */
export interface ProcessWish {
  readonly hosts: readonly string[];
  readonly ownServers: readonly string[];
  news(news: News): void;
  /** Takes secrets out of what it prints. */
  readonly redact: Redact;
}

export interface OwnProcess {
  tell(order: Order): void;
  /** Ends it with everything that it started; `why` are then the words of its end. */
  end(why: string): void;
  /** Why it is over, in words. Never rejects. */
  readonly gone: Promise<string>;
}

/** One message. */
const MOST_LINE = 1024 ** 2;
/** Of all that it prints while it runs. */
const OUTPUT_BYTES = 8 * 1024 ** 2;
/** Of what it was told and has not read: it is kept in the memory of the gateway. */
const MOST_UNREAD = 8 * 1024 ** 2;
/** Of all its threads, while it runs: one that needs more is started anew. */
const CPU_SECONDS = 3600;
const LAST_WORDS = 2000;
const INSIDE_NODE = '/opt/atom/node';

/** Starts the runner in an empty jail, with no module yet. */
export function startProcess(host: OwnHost, wish: ProcessWish): OwnProcess {
  const { hosts, ownServers, news, redact } = wish;
  const over = new AbortController();
  let spoken: SpokenWith | undefined;
  const printed = createLastWords(LAST_WORDS, redact);
  let [early, words] = ['', ''];
  let unread = 0;
  const end = (why: string): void => {
    words ||= why;
    if (spoken) spoken.end('stopped');
    else over.abort();
  };
  const write = async (process: SpokenWith, line: string): Promise<void> => {
    unread += line.length;
    if (unread > MOST_UNREAD) return end('it was ended, because it does not read what it is told');
    await process.write(line);
    unread -= line.length;
  };
  const cut = createLines(MOST_LINE);
  const take = (bytes: Buffer): void => {
    if (words !== '') return;
    try {
      for (const line of cut(bytes)) {
        news(newsFrame.parse(JSON.parse(line)));
        // What it said in the same breath counts no more.
        if (words !== '') return;
      }
    } catch {
      end('it was ended, because it told something that makes no sense');
    }
  };
  const running = host.launch(
    {
      ...requestFor(host),
      speaksTo: hosts,
      speaksToOwn: ownServers,
      dialogue: {
        take,
        open: (process) => {
          spoken = process;
          process.watch();
          void process.write(early);
        },
      },
    },
    over.signal,
    ({ text }) => printed.add(text),
  );
  return {
    end,
    tell: (order) => {
      const line = `${JSON.stringify(order)}\n`;
      if (spoken) void write(spoken, line);
      else early += line;
    },
    gone: running.then(
      ({ ending }) => words || endingWords(ending, printed.text(), ' | '),
      (error: unknown) => words || (error instanceof Error ? error.message : String(error)),
    ),
  };
}

function requestFor({ nodePath, runnerPath, emptyFolder }: OwnHost): LaunchRequest {
  const runner = `/opt/atom/channel${extname(runnerPath) === '.ts' ? '.mts' : '.mjs'}`;
  return {
    jail: { name: 'empty', folder: emptyFolder, mode: 'read-only' },
    argv: [INSIDE_NODE, runner],
    cwd: emptyFolder,
    limits: { outputBytes: OUTPUT_BYTES, cpuSeconds: CPU_SECONDS },
    readOnly: [
      { host: nodePath, inside: INSIDE_NODE },
      { host: runnerPath, inside: runner },
    ],
  };
}
