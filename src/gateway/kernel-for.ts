import { createKernel, type Kernel } from './kernel.ts';
import { knownBy } from './known-caller.ts';
import { createMethods, type MethodDeps } from './methods/all.ts';

/** The gateway of a whole atom, without its socket. */
export const kernelFor = (deps: MethodDeps): Kernel =>
  createKernel(createMethods(deps), knownBy(deps.atom.records.users));
