import { createKernel, type Kernel } from './kernel.ts';
import { knownBy } from './known-caller.ts';
import { createMethods, type MethodDeps } from './methods/all.ts';

/** The gateway of a whole atom, without its socket. */
export const kernelFor = (deps: MethodDeps): Kernel => {
  const { options, records } = deps.atom;
  return createKernel(createMethods(deps), knownBy(records.users), options.paths.profile);
};
