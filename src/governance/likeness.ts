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

/** What kind of thing is asked for: the action and, for commands, its first word (`shell.exec git`). */
export const capabilityOf = ({ action, commands }: Subject): string => {
  const [first] = commands;
  const program = first?.[0];
  return program === undefined
    ? action
    : `${action} ${program.slice(program.lastIndexOf('/') + 1)}`;
};
