import { sourceText } from './label.ts';

/** A file, or a folder with all below it, that counts as strangers' words or as a secret. */
export interface TaintedPath {
  /** Absolute. */
  readonly path: string;
  readonly strangers: boolean;
  /** Nothing lifts this but a clean run that writes the file anew. */
  readonly secret: boolean;
  /** The run that has not ended, or did not end well: anything below the path may be its. */
  readonly run?: {
    readonly id: string;
    readonly action: string;
    /** Milliseconds since 1970. */
    readonly begunAt: number;
  };
}

/** What trusting some paths would lift. `digest` tells one such plan from another. */
export interface TrustPlan {
  /** Absolute real paths, as they were named. */
  readonly paths: readonly string[];
  readonly lifts: readonly TaintedPath[];
  readonly digest: string;
}

/** Why a path counts as it does, in a few words. */
export function whyTainted({ strangers, secret, run }: TaintedPath): string {
  const what = [...(strangers ? ['strangers’ words'] : []), ...(secret ? ['private'] : [])];
  const by = run === undefined ? '' : `, by a run that has not ended (${sourceText(run.action)})`;
  return `${what.join(' and ')}${by}`;
}
