import type { Agent } from './agent.ts';
import type { Contacts } from './contacts.ts';

/** One folder that commands may touch, as the owner named it. */
export interface JailSpec {
  readonly name: string;
  /** Absolute path. */
  readonly folder: string;
  readonly mode: 'read-only' | 'read-write';
  /**
   * Hosts that commands may speak to, through a proxy of atom's: `example.org`, `*.example.org`,
   * `example.org:8443` (443 and 80 where no port is named). None where absent.
   */
  readonly network?: readonly string[];
  /**
   * What commands may change of a repository: nothing, all but what git runs or follows (`guarded`, the
   * default), or everything.
   */
  readonly git?: 'read-only' | 'guarded' | 'open';
  /** Protected names that commands may change here after all, such as `node_modules`. */
  readonly unprotected?: readonly string[];
  /** Folders outside, absolute, that are shown read-only at their own path. */
  readonly shows?: readonly string[];
  /** Instead of what the agent's maturity gives. */
  readonly limits?: Partial<JailLimits>;
  /** Nothing that is done here is told in the feed, nor later in that conversation. */
  readonly private?: boolean;
}

/** True where commands of a jail can reach nothing over the network. */
export const isOffline = ({ network = [] }: Pick<JailSpec, 'network'>): boolean =>
  network.length === 0;

export interface JailLimits {
  readonly wallMs: number;
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  readonly processes: number;
  readonly openFiles: number;
  readonly fileBytes: number;
  readonly outputBytes: number;
}

export type ProbeCheck = { readonly name: string; readonly held: boolean; readonly detail: string };

/** What makes a jail that holds weaker than it could be, and the command that mends it. */
export interface JailWarning {
  readonly words: string;
  readonly next: string;
}

/** What the gateway found out about its own jail. `ready` is the only state in which anything runs. */
export type JailStatus =
  | {
      readonly state: 'ready';
      readonly mechanism: string;
      readonly checks: readonly ProbeCheck[];
      readonly warnings: readonly JailWarning[];
    }
  /** No mechanism, or it cannot be used here. `install` is the exact command, where one is known. */
  | { readonly state: 'unavailable'; readonly reason: string; readonly install?: string }
  /** The mechanism is there and does not hold. */
  | {
      readonly state: 'leaking';
      readonly mechanism: string;
      readonly checks: readonly ProbeCheck[];
    };

/**
 * Whoever speaks with a process while it runs, over its standard input and output. How long it may take is
 * theirs to say: such a process has no limit of time besides.
 */
export interface Dialogue {
  /** Called once it was started. */
  open(process: SpokenWith): void;
  /** What it writes to its standard output, as it comes and however much that is. */
  take(bytes: Buffer): void;
}

/** A started process, as those see it who speak with it. */
export interface SpokenWith {
  /** Writes to its standard input. Resolves once it has taken that, or is gone: until then it is kept here. */
  write(text: string): Promise<void>;
  /** From now on others' code runs in it, so that what it uses is watched. */
  watch(): void;
  /** Ends it and everything that it started. */
  end(why: 'time' | 'output' | 'stopped'): void;
}

/** A process to start inside a jail; the program is found and pinned by the jail. */
export interface LaunchRequest {
  readonly jail: JailSpec;
  readonly argv: readonly string[];
  /** Absolute, inside the jail's folder. */
  readonly cwd: string;
  readonly stdin?: string;
  /** In the place of `stdin`, and of its standard output in the result. */
  readonly dialogue?: Dialogue;
  readonly limits?: Partial<JailLimits>;
  /** The run that it belongs to, where there is one. */
  readonly run?: string;
  /** Extra read-only files and folders: host path to path inside. */
  readonly readOnly?: readonly { readonly host: string; readonly inside: string }[];
  /** Variables besides those that every command has, such as a key that the owner gives a program. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A skill's folder that a command names, as it was approved. */
export interface LentFolder {
  readonly skill: string;
  /** What was approved, and what lies at `host`. */
  readonly digest: string;
  readonly host: string;
  readonly inside: string;
}

/**
 * The folders of skills that the words of a command name. Throws AtomError `blocked` for one that is not
 * approved as it is now; without an agent it is the owner who asks.
 */
export type Lend = (
  words: readonly string[],
  agent: Agent | undefined,
) => Promise<readonly LentFolder[]>;

export type Ending =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'time' | 'memory' | 'processes' | 'output' | 'disk' | 'stopped' };

export type Stream = 'stdout' | 'stderr';

/** How much a command printed, and where all of it is. */
export interface Printed {
  readonly bytes: Readonly<Record<Stream, number>>;
  /** Streams that carried no text. */
  readonly binary: readonly Stream[];
  /** Bytes in the file that keeps all of it; absent where none was to be kept. */
  readonly kept?: number;
  /** Why the file does not hold everything, in words. */
  readonly lost?: string;
}

export interface LaunchResult {
  readonly ending: Ending;
  readonly stdout: string;
  readonly stderr: string;
  /** True where output was cut at the cap. */
  readonly truncated: boolean;
  readonly ms: number;
  readonly printed?: Printed;
  /** What it was held to. */
  readonly limits?: JailLimits;
  /** Whom it spoke to, where it could speak to anybody. */
  readonly contacts?: Contacts;
  /** What it left that other programs would run or trust, moved out of the jail: paths relative to it. */
  readonly quarantined?: readonly string[];
  /** What else it left that a person should know of, in sentences. */
  readonly notes?: readonly string[];
}

export type Launch = (
  request: LaunchRequest,
  signal: AbortSignal,
  onUpdate: (part: { readonly stream: Stream; readonly text: string }) => void,
) => Promise<LaunchResult>;
