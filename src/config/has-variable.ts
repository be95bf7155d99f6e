/** True where a variable of this name is set in the environment and not empty. Its value stays where it is. */
export const hasVariable = (name: string): boolean =>
  Object.hasOwn(process.env, name) && process.env[name] !== '';
