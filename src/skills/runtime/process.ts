import type { JailSpec, LaunchRequest, LaunchResult, SpokenWith } from '../../domain/jail.ts';
import type { SkillHost } from './host.ts';
import { createPeer, type Peer, type PeerHooks } from './peer.ts';

/** What to start, and in which jail. */
export interface ProcessWish {
  readonly jail: JailSpec;
  readonly argv: readonly string[];
  readonly readOnly: NonNullable<LaunchRequest['readOnly']>;
  /** The run that it belongs to, where it is known before. */
  readonly run?: string | undefined;
}

/** What whoever uses a process does with what it says. */
export interface Use extends Pick<PeerHooks, 'serve'> {
  /** What it prints on its standard error. */
  onPrinted(text: string): void;
}

/** A started process in its jail, and our line to it. */
export interface SkillProcess extends Pick<Peer, 'request' | 'notify'> {
  /** Resolves once it has said that it is ready; never where it ended before. */
  readonly ready: Promise<void>;
  /** Whether it was still running when it was last heard of. */
  isAlive(): boolean;
  /** Hands it to whoever uses it: what it uses of the machine is watched from now on. */
  take(use: Use): void;
  /** Kills it with everything it started; its `ended` follows. */
  end(why: 'time' | 'stopped'): void;
  /** How it ended. Rejects as a launch does. */
  readonly ended: Promise<LaunchResult>;
}

/** Of what it prints. */
const OUTPUT_BYTES = 512 * 1024;
/** Of all its threads, also while the owner is asked. */
const CPU_SECONDS = 120;

export function startProcess(host: SkillHost, wish: ProcessWish): SkillProcess {
  const over = new AbortController();
  const ready = Promise.withResolvers<void>();
  let use: Use | undefined;
  let spoken: SpokenWith | undefined;
  let alive = true;
  // It is told things before it has started: they wait.
  let early = '';
  const peer = createPeer({
    write: async (line) => {
      if (spoken) await spoken.write(line);
      else early += line;
    },
    serve: async (method, params) => {
      if (method === 'ready') ready.resolve();
      else if (use) return use.serve(method, params);
      return null;
    },
    onFault: () => spoken?.end('output'),
  });
  const ended = host.launch(
    {
      jail: wish.jail,
      argv: wish.argv,
      cwd: wish.jail.folder,
      readOnly: wish.readOnly,
      ...(wish.run === undefined ? {} : { run: wish.run }),
      limits: { outputBytes: OUTPUT_BYTES, cpuSeconds: CPU_SECONDS },
      dialogue: {
        open: (process) => {
          spoken = process;
          void process.write(early);
          if (use) process.watch();
        },
        take: peer.take,
      },
    },
    over.signal,
    ({ text }) => use?.onPrinted(text),
  );
  const gone = (): void => {
    alive = false;
  };
  ended.then(gone, gone);
  return {
    request: peer.request,
    notify: peer.notify,
    ready: ready.promise,
    ended,
    isAlive: () => alive,
    take: (given) => {
      use = given;
      spoken?.watch();
    },
    end: (why) => {
      if (spoken) spoken.end(why);
      else over.abort();
    },
  };
}
