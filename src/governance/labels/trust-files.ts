import { digestOf } from '../../base/digest.ts';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { isInside } from '../../domain/jail-choice.ts';
import { isInsideLoosely } from '../../domain/same-path.ts';
import type { Sql, Store } from '../../domain/store.ts';
import type { TaintedPath, TrustPlan } from '../../domain/taint.ts';
import {
  deleteTaint,
  putTaint,
  type TaintOnRecord,
  taintsOnRecord,
} from '../../store/tables/taints.ts';
import type { Audit } from '../audit/append.ts';

export interface TrustFilesDeps {
  readonly store: Store;
  readonly audit: Audit;
  /** This start of the gateway: a run of an earlier one has ended, whatever its row says. */
  readonly boot: string;
  /** The real path of what is there; undefined where nothing is. */
  readonly realOf: (path: string) => string | undefined;
}

/** How the owner takes files for what they are again: their own. Secrets stay secret. */
export interface TrustFiles {
  /**
   * What trusting these absolute paths would lift, a folder with all below it. Throws AtomError
   * `not-found` where one is missing or carries nothing that could be lifted, `blocked` where it is
   * tainted by a folder around it, or something is still writing there.
   */
  plan(paths: readonly string[]): Promise<TrustPlan>;
  /** Lifts exactly what a plan of this digest lifts; throws AtomError `blocked` where that changed. */
  lift(paths: readonly string[], digest: string): Promise<readonly TaintedPath[]>;
}

export function createTrustFiles(deps: TrustFilesDeps): TrustFiles {
  return {
    plan: async (paths) => (await planned(deps, deps.store, paths)).plan,
    lift: (paths, digest) =>
      deps.store.tx(async (sql) => {
        const { plan, taints } = await planned(deps, sql, paths);
        if (plan.digest !== digest)
          throw new AtomError(
            'blocked',
            'What would be trusted changed. Look again, then ask again.',
          );
        for (const taint of taints) await liftOne(sql, taint);
        await deps.audit(sql, 'files.trusted', {
          paths: [...plan.paths],
          lifted: plan.lifts.map(({ path }) => path),
        });
        return plan.lifts;
      }),
  };
}

/** Every path that is tainted, as it is on record, whether or not it is still there. */
export const taintedPaths = async (sql: Sql): Promise<readonly TaintedPath[]> =>
  (await taintsOnRecord(sql)).map(toTainted);

async function planned(deps: TrustFilesDeps, sql: Sql, named: readonly string[]) {
  const all = (await taintsOnRecord(sql)).filter(isStrangers);
  const paths = [...new Set(named.map((path) => realPath(deps, path)))].sort();
  const found = paths.flatMap((path) => liftable(deps.boot, all, path));
  const taints = all.filter((taint) => found.includes(taint));
  const lifts = taints.map(toTainted);
  const digest = digestOf({
    paths,
    taints: taints.map(({ path, run, labels }) => ({ path, run, labels: { ...labels } })),
  });
  return { plan: { paths, lifts, digest }, taints };
}

const isStrangers = ({ labels }: TaintOnRecord): boolean => labels.integrity === 'untrusted';

function realPath({ realOf }: TrustFilesDeps, path: string): string {
  const real = realOf(path);
  if (real !== undefined) return real;
  throw new AtomError('not-found', `There is nothing at ${visible(path)}.`, LIST);
}

function liftable(boot: string, all: readonly TaintOnRecord[], path: string) {
  const around = all.filter((taint) => isInsideLoosely(taint.path, path));
  const below = all.filter((taint) => isInside(path, taint.path));
  const busy = [...around, ...below].find(({ by }) => by?.boot === boot && by.state === 'begun');
  if (busy)
    throw new AtomError('blocked', `Something is still writing in ${visible(busy.path)}.`, {
      next: ['Wait until it has ended, or stop it, then ask again.'],
    });
  // One more name for it, as a forgiving file system reads names, would leave it tainted.
  const wider = around.find((taint) => !below.includes(taint));
  if (wider)
    throw new AtomError(
      'blocked',
      `${visible(path)} counts so because ${visible(wider.path)} does.`,
      {
        next: [`Look at all of that, then:   atom files trust <that path>`],
      },
    );
  if (below.length > 0) return below;
  throw new AtomError('not-found', `Nothing at ${visible(path)} counts as strangers’ words.`, LIST);
}

const LIST = { next: ['See what does:   atom files tainted'] };

const liftOne = (sql: Sql, { path, run, labels }: TaintOnRecord): Promise<number> =>
  labels.confidentiality === 'secret'
    ? putTaint(sql, { path, run, labels: { ...labels, integrity: 'local' } })
    : deleteTaint(sql, { path, run });

const toTainted = ({ path, run, labels, by }: TaintOnRecord): TaintedPath => ({
  path,
  strangers: labels.integrity === 'untrusted',
  secret: labels.confidentiality === 'secret',
  ...(by === undefined ? {} : { run: { id: run, action: by.action, begunAt: by.begunAt } }),
});
