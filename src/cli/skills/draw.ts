import { unmix, visible, visibleBlock } from '../../base/visible.ts';
import type { SkillListing, SkillPlan } from '../../domain/skill-trust.ts';
import { dayOf } from '../agents/draw.ts';
import type { Style } from '../out/style.ts';

const MOST_FILES = 30;

/** What approving a skill would mean, as lines to read before a yes. */
export function drawPlan(plan: SkillPlan, style: Style): readonly string[] {
  const { skill, known, gains, loses, warnings } = plan;
  const kept = skill.may.filter((line) => !gains.includes(line));
  return [
    ...headLines(skill, style),
    '',
    skill.may.length === 0 ? 'It may touch nothing but what it is asked.' : 'It may:',
    ...gains.map((line) => style.warn(`  + ${line}${known ? '   (new)' : ''}`)),
    ...kept.map((line) => `    ${line}`),
    ...loses.map((line) => style.dim(`  - ${line}   (no longer)`)),
    '',
    ...fileLines(plan),
    ...(plan.diff === '' ? [] : ['', ...visibleBlock(plan.diff).split('\n')]),
    ...warnings.map((line) => style.bad(`! ${line}`)),
  ];
}

/** A skill's folder, and what is in it, in words. */
export function headLines(skill: SkillListing, style: Style): readonly string[] {
  const { id, state, origin, folder, approved, why, notes = [] } = skill;
  const since = approved ? `, approved ${dayOf(approved.at)} by ${visible(approved.by)}` : '';
  return [
    `${style.bold(visible(id))}   ${stateWords[state]}${why ? `: ${visible(why)}` : ''}`,
    `  ${visible(folder)} (${originWords[origin]}${since})`,
    ...skill.skills.flatMap(({ name, kind, version, description, examples, complexity }) => [
      `  ${visible(`${name} ${version}`.trimEnd())}: ${shown(description)}`,
      ...(examples.length > 0
        ? [style.dim(`    such as: ${examples.map(shown).join(' | ')}`)]
        : []),
      style.dim(
        kind === 'text'
          ? '    words that an agent reads'
          : `    one call ${complexityOf[complexity]}`,
      ),
    ]),
    ...notes.map((line) => style.dim(`    ${shown(line)}`)),
  ];
}

const shown = (text: string): string => unmix(visible(text));

const originWords = { bundled: 'part of atom', profile: 'yours', jail: 'in a jail' } as const;

export const stateWords = {
  ready: 'ready',
  waiting: 'waits for your approval',
  off: 'off',
  broken: 'broken',
} as const;

const complexityOf = {
  1: 'looks at things',
  2: 'says something',
  3: 'changes something',
  4: 'destroys something, or does what nobody can foresee',
} as const;

function fileLines({ files, known }: SkillPlan): readonly string[] {
  const changed = files.filter(({ change }) => change !== 'same');
  const shownFiles = known ? changed : files;
  const head = known
    ? `Changed since you approved it (${changed.length} of ${files.length} files):`
    : 'Files:';
  const rest = shownFiles.length - MOST_FILES;
  return [
    head,
    ...shownFiles
      .slice(0, MOST_FILES)
      .map(
        ({ path, bytes, change }) => `  ${visible(path)}   ${known ? change : `${bytes} bytes`}`,
      ),
    ...(rest > 0 ? [`  and ${rest} more: --json shows them all`] : []),
  ];
}
