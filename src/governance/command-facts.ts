import { z } from 'zod';
import type { Prepared } from '../domain/action.ts';

const shape = z.object({
  program: z.object({ real: z.string() }),
  /** Files of the jail that the command runs or is told to run. */
  files: z.array(z.unknown()),
  /** The folder it runs in, relative to the jail's; empty for that itself. */
  cwd: z.string(),
  jail: z.object({ name: z.string(), folder: z.string() }),
  /** Digest of what it is given on standard input. */
  stdin: z.string().nullable(),
});

/** What governance looks at of the facts that a command's executor found out. */
export type CommandFacts = z.infer<typeof shape>;

/** The facts of a prepared command; undefined for whatever is none. */
export function commandFacts({ argv, facts }: Prepared): CommandFacts | undefined {
  return argv === undefined ? undefined : shape.safeParse(facts).data;
}
