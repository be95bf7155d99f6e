import type { Cli } from '../cli.ts';
import { isEnrolled } from '../second-factor/offline.ts';
import { type Finding, good, note } from './finding.ts';

/** Whether there is a second factor: worth having, and no fault where it is missing. */
export async function findSecondFactor(cli: Cli): Promise<readonly Finding[]> {
  if (await isEnrolled(cli)) return [good('2fa', 'a second factor is enrolled')];
  return [
    note('2fa', 'what cannot be undone needs no second factor', 'Set one up:   atom 2fa enroll'),
  ];
}
