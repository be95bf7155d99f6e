import type { Duplex } from 'node:stream';

/** A program for Node that holds a library of others', which needs the machine's network. */
export interface LibraryProgram {
  readonly path: string;
  /** Its one argument, which nobody must keep to themselves: others on the machine can read it. */
  readonly argument: string;
  /** Real folders of its code: it may read these, and nothing else of the owner's. */
  readonly folders: readonly string[];
}

/** Such a program while it runs. Its standard streams lead nowhere. */
export interface LibraryProcess {
  /** Descriptor 3 in it. */
  readonly pipe: Duplex;
  /** Tells it something over Node's own channel. Where it is gone, nobody hears it. */
  tell(message: object): void;
  /** Ends it with everything in its jail. */
  kill(): void;
  /** Resolves once it is gone, with how: `code 1`, `SIGKILL`, or why it could not even be started. */
  readonly gone: Promise<string>;
}

/** Starts one; `take` gets what it tells, unchecked. Throws AtomError `unavailable`. */
export type StartLibrary = (
  program: LibraryProgram,
  take: (message: unknown) => void,
) => LibraryProcess;

/** What keeps such programs in. Throws AtomError `unavailable` where there is nothing that holds. */
export type LibraryJail = () => Promise<StartLibrary>;
