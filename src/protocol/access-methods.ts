import { type DeviceAnswers, deviceParams } from './device-methods.ts';
import { type FactorAnswers, factorParams } from './factor-methods.ts';

/** Parameters of what is about who may do what: the second factor, and those who hold keys. */
export const accessParams = { ...factorParams, ...deviceParams } as const;

export interface AccessAnswers extends FactorAnswers, DeviceAnswers {}
