import { bad, type Finding, good } from '../doctor/finding.ts';

/** As whom atom runs: of what root starts, the jail is the only wall. */
export const userFindings = (uid: number | undefined): readonly Finding[] =>
  uid === 0
    ? [
        bad(
          'user',
          'This atom runs as root: whatever gets past a jail owns this machine',
          'Run it as somebody else:   adduser agent   and   su - agent',
        ),
      ]
    : [good('user', 'an ordinary account')];
