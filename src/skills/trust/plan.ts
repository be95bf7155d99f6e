import { unifiedDiff } from '../../base/diff.ts';
import { visible } from '../../base/visible.ts';
import { noPermissions } from '../../domain/skill.ts';
import type {
  FileChange,
  SkillApproval,
  SkillFile,
  SkillListing,
  SkillPlan,
} from '../../domain/skill-trust.ts';
import { gained, together } from '../../domain/skill-words.ts';
import { hides } from './hides.ts';
import { type FoundFolder, trustDigest } from './judge.ts';
import { lookAlike } from './look-alike.ts';

export interface PlanDeps {
  /** The text of a file that was found; undefined where it is no text, or too long to be looked at. */
  readonly textNow: (file: SkillFile) => string | undefined;
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

interface Changed extends SkillFile {
  readonly change: FileChange;
  readonly approved?: string;
}

function filesOf(
  { sources }: FoundFolder,
  approval: SkillApproval | undefined,
): readonly Changed[] {
  const approved = new Map(approval?.files.map((file) => [file.path, file]));
  const present = new Set(sources.files.map(({ path }) => path));
  const now = sources.files.map((file): Changed => {
    const before = approved.get(file.path)?.digest;
    if (before === undefined) return { ...file, change: 'new' };
    return { ...file, change: before === file.digest ? 'same' : 'changed', approved: before };
  });
  const gone = (approval?.files ?? []).filter(({ path }) => !present.has(path));
  return [
    ...now,
    ...gone.map(
      (file): Changed => ({ ...file, bytes: 0, change: 'removed', approved: file.digest }),
    ),
  ];
}

/** Of what can be shown: the rest is in the list of files. */
function diffOf({ textNow, textThen }: PlanDeps, files: readonly Changed[]): string {
  const lines = files.flatMap((file) => {
    const { path, change, approved } = file;
    if (change === 'same') return [];
    const before = approved === undefined ? '' : textThen(approved);
    const after = change === 'removed' ? '' : textNow(file);
    if (before === undefined || after === undefined) return [];
    return [`--- ${visible(path)} (${change})`, ...unifiedDiff(before, after).split('\n')];
  });
  const more = lines.length - DIFF_LINES;
  return [...lines.slice(0, DIFF_LINES), ...(more > 0 ? [`… ${more} more lines`] : [])].join('\n');
}

function warningsOf({ textNow, bundled }: PlanDeps, { skills, sources }: FoundFolder): string[] {
  const alike = skills.flatMap(({ skill }) => lookAlike(skill.name, bundled) ?? []);
  const hidden = sources.files
    .filter((file) => hides(file.path) || hides(textNow(file) ?? ''))
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
