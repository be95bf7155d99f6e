import { findAgents } from './agents.ts';
import { findDatabase } from './database.ts';
import { findHalt } from './halt.ts';
import type { Look } from './looks.ts';
import { findRecord } from './record.ts';
import { findSecondFactor } from './second-factor.ts';
import { findStanding } from './standing.ts';

export const databaseLook: Look = { name: 'database', find: findDatabase, proves: 'database' };
export const secondFactorLook: Look = { name: '2fa', find: findSecondFactor, needs: ['database'] };

/** What the database tells, once it is known to be whole: read on connections that cannot write. */
export const storedLooks: readonly Look[] = [
  databaseLook,
  { name: 'record', find: findRecord, needs: ['database'] },
  { name: 'agents', find: findAgents, needs: ['database'] },
  { name: 'standing', find: findStanding, needs: ['database'] },
  { name: 'halt', find: findHalt, needs: ['database'] },
  secondFactorLook,
];
