import { bridges } from './bridges.ts';
import { clocks } from './clocks.ts';
import { disks } from './disks.ts';
import type { Fault } from './fault.ts';
import { repeatedKills } from './five-kills.ts';
import { kills } from './kills.ts';
import { outages } from './outages.ts';
import { powerCuts } from './power.ts';
import { twoGateways } from './two-gateways.ts';

/** Everything that goes wrong, in the order in which it is tried. */
export const FAULTS: readonly Fault[] = [
  ...[...kills, ...repeatedKills, ...twoGateways, ...powerCuts],
  ...[...outages, ...disks, ...clocks, ...bridges],
];
