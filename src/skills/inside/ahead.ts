/** The word that tells a runner that it is started ahead of a call. */
export const AHEAD = 'ahead';

/**
 * A skill of ours that does nothing. It is loaded and called once before anybody waits, so that the loader of
 * modules, zod and the compiler of V8 have done their first time by then.
 */
export const REHEARSAL = `const { z } = globalThis[Symbol.for('atom.zod')];
const shape = z.strictObject({
  text: z.string().min(1).max(9).optional(), kind: z.enum(['a', 'b']).default('a'),
  list: z.array(z.number().int()).max(9).default([]),
});
export const skill = { name: 'rehearsal', input: shape, output: z.json(),
  run: async ({ text, kind }, { folder }) => ({ text: text ?? kind, folder }) };
`;
