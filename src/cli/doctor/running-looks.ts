import { findIdentities, findSso } from './identities.ts';
import type { Look } from './looks.ts';
import { findGateway } from './machine.ts';
import { findNet } from './network.ts';
import { findRunning } from './running.ts';
import { findSkills } from './skills.ts';

export const gatewayLook: Look = { name: 'gateway', find: findGateway, proves: 'gateway' };
export const skillsLook: Look = {
  name: 'skills',
  find: findSkills,
  needs: ['settings', 'database', 'gateway'],
};

/** What a running gateway tells of itself, or what it would find at its start. */
export const runningLooks: readonly Look[] = [
  gatewayLook,
  { name: 'ports', find: findRunning, needs: ['settings', 'gateway'] },
  skillsLook,
  { name: 'net', find: findNet, needs: ['settings'] },
  { name: 'sso', find: findIdentities, needs: ['settings'] },
];

/** Taken only where it is asked for: it speaks to the provider. */
export const ssoLook: Look = { name: 'sso', find: findSso, needs: ['settings'] };
