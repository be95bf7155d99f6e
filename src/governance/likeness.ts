import { digestOf } from '../base/digest.ts';
import type { ActionRequest } from '../domain/action.ts';
import type { Subject } from '../domain/subject.ts';

/**
 * The same for two requests that ask for the same thing: for commands their programs and words,
 * whatever wrapper they came in, for anything else its resource. Says nothing about when or by whom.
 */
export const likenessOf = ({ action, resource }: ActionRequest, subject: Subject): string =>
  digestOf(
    subject.commands.length === 0
      ? { action, resource }
      : { action, jail: subject.jail ?? null, commands: subject.commands.map((one) => [...one]) },
  );

/** The name of the first program that would be started, whatever folder it is called from. */
export function programIn({ commands }: Subject): string | undefined {
  const program = commands[0]?.[0];
  return program?.slice(program.lastIndexOf('/') + 1);
}
