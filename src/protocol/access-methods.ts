import { type DeviceAnswers, deviceParams } from './device-methods.ts';
import { type FactorAnswers, factorParams } from './factor-methods.ts';
import { type PeopleAnswers, peopleParams } from './people-methods.ts';
import { type UserAnswers, userParams } from './user-methods.ts';

/** Parameters of what is about who may do what: the second factor, people, and those who hold keys. */
export const accessParams = {
  ...factorParams,
  ...peopleParams,
  ...userParams,
  ...deviceParams,
} as const;

export interface AccessAnswers extends FactorAnswers, PeopleAnswers, UserAnswers, DeviceAnswers {}
