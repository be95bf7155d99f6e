import { unifiedDiff } from '../../base/diff.ts';
import { visible } from '../../base/visible.ts';
import { noPermissions } from '../../domain/skill.ts';
import type {
  FileChange,
  SkillApproval,
  SkillListing,
  SkillPlan,
} from '../../domain/skill-trust.ts';
import { gained, together } from '../../domain/skill-words.ts';
import { hides } from './hides.ts';
import { type FoundFolder, trustDigest } from './judge.ts';
import { lookAlike } from './look-alike.ts';

export interface PlanDeps {
  /** The text of a file as it is; undefined where it is no text, or too long to be looked at. */
  readonly textNow: (path: string) => string | undefined;
  /** The text that was approved, by its digest. */
  readonly textThen: (digest: string) => string | undefined;
  readonly bundled: readonly string[];
}

const DIFF_LINES = 120;

/** What approving a skill would mean, beside what was approved before. */
export function planFor(
  deps: PlanDeps,
  { found, listing }: { readonly found: FoundFolder; readonly listing: SkillListing },
  approval: SkillApproval | undefined,
): SkillPlan {
  const now = together(found.skills.map(({ skill }) => skill.permissions));
  const before = approval?.permissions ?? noPermissions;
  const gains = gained(before, now);
  const warnings = warningsOf(deps, found);
  const files = filesOf(found, approval);
  return {
    skill: listing,
    digest: trustDigest(found),
    known: approval !== undefined,
    gains,
    loses: gained(now, before),
    files: files.map(({ path, bytes, change }) => ({ path, bytes, change })),
    diff: approval ? diffOf(deps, files) : '',
    warnings,
    complexity: gains.length > 0 || warnings.length > 0 ? 4 : 3,
  };
}

interface Changed {
  readonly path: string;
  readonly bytes: number;
  readonly change: FileChange;
  readonly approved?: string;
}

function filesOf(
  { sources }: FoundFolder,
  approval: SkillApproval | undefined,
): readonly Changed[] {
  const approved = new Map(approval?.files.map((file) => [file.path, file]));
  const present = new Set(sources.files.map(({ path }) => path));
  const now = sources.files.map(({ path, bytes, digest }): Changed => {
    const before = approved.get(path)?.digest;
    if (before === undefined) return { path, bytes, change: 'new' };
    return { path, bytes, change: before === digest ? 'same' : 'changed', approved: before };
  });
  const gone = (approval?.files ?? []).filter(({ path }) => !present.has(path));
  return [
    ...now,
    ...gone.map(
      ({ path, digest }): Changed => ({ path, bytes: 0, change: 'removed', approved: digest }),
    ),
  ];
}

/** Of what can be shown: the rest is in the list of files. */
function diffOf({ textNow, textThen }: PlanDeps, files: readonly Changed[]): string {
  const lines = files.flatMap(({ path, change, approved }) => {
    if (change === 'same') return [];
    const before = approved === undefined ? '' : textThen(approved);
    const after = change === 'removed' ? '' : textNow(path);
    if (before === undefined || after === undefined) return [];
    return [`--- ${visible(path)} (${change})`, ...unifiedDiff(before, after).split('\n')];
  });
  const more = lines.length - DIFF_LINES;
  return [...lines.slice(0, DIFF_LINES), ...(more > 0 ? [`… ${more} more lines`] : [])].join('\n');
}

function warningsOf({ textNow, bundled }: PlanDeps, { skills, sources }: FoundFolder): string[] {
  const alike = skills.flatMap(({ skill }) => lookAlike(skill.name, bundled) ?? []);
  const hidden = sources.files
    .filter(({ path }) => hides(path) || hides(textNow(path) ?? ''))
    .map(({ path }) => visible(path));
  return [
    ...alike.map(
      ({ name }) => `Its name is nearly that of the bundled skill ${name}. It is not that one.`,
    ),
    ...(hidden.length > 0
      ? [
          `Signs that nobody sees, or that turn text around, are in ${hidden.slice(0, 5).join(', ')}`,
        ]
      : []),
  ];
}
