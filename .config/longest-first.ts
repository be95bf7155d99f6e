import { BaseSequencer } from 'vitest/node';

/** What takes longest, in that order: begun last, one of them would run alone at the end. */
const LONGEST = [
  'test/jail/attack/',
  'test/flows/telegram',
  'test/faults/campaign.test',
  'test/flows/panic',
  'test/cli/gateway.test',
  'test/channels/contract.test',
  'test/undo/restore.test',
  'test/security/',
  'test/flows/',
  'test/faults/',
  'test/channels/whatsapp/',
  'test/cli/',
  'test/skills/',
  'test/jail/',
];

const rankOf = (path: string): number => {
  const found = LONGEST.findIndex((part) => path.includes(part));
  return found < 0 ? LONGEST.length : found;
};

/**
 * Puts the longest files first, also on a machine that has not run them before, and those of one project one
 * after the other: a process that tests share ends where a file comes next that wants its own.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(
    files: Parameters<BaseSequencer['sort']>[0],
  ): ReturnType<BaseSequencer['sort']> {
    const sorted = await super.sort(files);
    return sorted.toSorted(
      (a, b) =>
        rankOf(a.moduleId) - rankOf(b.moduleId) || a.project.name.localeCompare(b.project.name),
    );
  }
}
