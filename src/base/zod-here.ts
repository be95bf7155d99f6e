/** Where a jailed process keeps the zod that was loaded before the skill was. */
export const ZOD = Symbol.for('atom.zod');
