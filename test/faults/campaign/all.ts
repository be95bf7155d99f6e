import { bridges } from './bridges.ts';
import { clocks } from './clocks.ts';
import { disks } from './disks.ts';
import type { Fault } from './fault.ts';
import { kills } from './kills.ts';
import { outages } from './outages.ts';
import { powerCuts } from './power.ts';

/** Everything that goes wrong, in the order in which it is tried. */
export const FAULTS: readonly Fault[] = [
  ...[...kills, ...powerCuts],
  ...[...outages, ...disks, ...clocks, ...bridges],
];
