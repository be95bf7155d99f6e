import { createLastWords } from '../../base/last-words.ts';
import { redactOutput } from '../../base/redact.ts';
import { endingWords } from '../../domain/ending-words.ts';
import type { JailSpec, LaunchResult, SpokenWith } from '../../domain/jail.ts';
import type { McpHost, ServerLaunch, Wire, WireTransport } from './host.ts';
import { createLines } from './lines.ts';

/** A program to speak with, and what it is given. */
export interface JailWish {
  readonly jail: JailSpec;
  readonly command: readonly string[];
  readonly speaksTo: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly run?: string | undefined;
}

/** How a program ended, and what it had spoken to. */
export type OnEnded = (result: LaunchResult) => void;

/** For all its calls together, while it is kept. */
const CPU_SECONDS = 600;
/** Of its standard error. */
const OUTPUT_BYTES = 8 * 1024 ** 2;
/** Of its last words, for whoever has to find out what is wrong with it. */
const LAST_WORDS = 2000;
const INSIDE_NODE = '/opt/atom/node';

/** Speaks MCP with a program in its jail, one message a line. It is started by the transport's `start`. */
export function createJailWire(host: McpHost, wish: JailWish, onEnded: OnEnded): Wire {
  const over = new AbortController();
  const printed = createLastWords(LAST_WORDS, redactOutput(Object.values(wish.env)));
  let spoken: SpokenWith | undefined;
  let result: LaunchResult | undefined;
  let [early, words, isOver] = ['', '', false];
  const gone = Promise.withResolvers<void>();
  const end = (why: 'time' | 'output' | 'stopped'): void => {
    if (spoken) spoken.end(why);
    else over.abort();
  };
  const lines = createLines({
    onMessage: (message) => transport.onmessage?.(message as never),
    onFault: (fault) => {
      words ||= `it ${fault}`;
      end('output');
    },
  });
  const finish = (why: string): void => {
    if (isOver) return;
    isOver = true;
    words ||= why;
    gone.resolve();
    transport.onclose?.();
  };
  const start = (): void => {
    const running = host.launch(
      {
        ...requestFor(host, wish),
        dialogue: {
          open: (process) => {
            spoken = process;
            process.watch();
            void process.write(early);
          },
          take: lines.take,
        },
      },
      over.signal,
      ({ text }) => printed.add(text),
    );
    running.then(
      (ended) => {
        result = ended;
        onEnded(ended);
        finish(endingWords(ended.ending, printed.text(), '\n'));
      },
      (error: unknown) => finish(error instanceof Error ? error.message : String(error)),
    );
  };
  let isStarted = false;
  const transport: WireTransport = {
    start: async () => {
      isStarted = true;
      start();
    },
    send: async (message) => {
      if (isOver) throw new Error(words);
      const line = `${JSON.stringify(message)}\n`;
      if (spoken) await spoken.write(line);
      else early += line;
    },
    close: async () => end('stopped'),
  };
  return {
    transport,
    renew: lines.renew,
    end: async (why) => {
      end(why);
      if (isStarted) await gone.promise;
    },
    why: () => (isOver ? words : undefined),
    result: () => result,
  };
}

function requestFor(host: McpHost, { jail, command, speaksTo, env, run }: JailWish): ServerLaunch {
  const [name = '', ...words] = command;
  const isNode = name === 'node';
  return {
    jail,
    argv: [isNode ? INSIDE_NODE : name, ...words],
    cwd: jail.folder,
    env,
    ...(run === undefined ? {} : { run }),
    ...(speaksTo.length === 0 ? {} : { speaksTo }),
    readOnly: isNode ? [{ host: host.nodePath, inside: INSIDE_NODE }] : [],
    limits: { outputBytes: OUTPUT_BYTES, cpuSeconds: CPU_SECONDS },
  };
}
