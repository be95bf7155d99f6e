import { join } from 'node:path';
import { unmix, visible } from '../../base/visible.ts';
import type { Offer } from '../../domain/standing-approval.ts';
import type { Case } from '../case.ts';
import { commandFacts } from '../command-facts.ts';
import { whyNever } from './never.ts';

/** What a case asks for in the terms of a standing approval. */
export type Wish = Omit<Offer, 'extent'>;

/** Undefined where no standing approval may ever answer it. */
export function wishOf({ request, prepared, agent, subject }: Case): Wish | undefined {
  const { argv, card } = prepared;
  const facts = commandFacts(prepared);
  const { channel, sender } = subject;
  if (!agent || !argv || !facts || card.jail === undefined) return undefined;
  if (channel === undefined || sender === undefined) return undefined;
  if (request.action !== 'shell.exec' || request.labels.integrity === 'untrusted') return undefined;
  if (!isOneCommand(argv, subject.commands) || facts.stdin !== null || facts.files.length > 0)
    return undefined;
  const wish: Wish = {
    agent: agent.id,
    action: request.action,
    jail: facts.jail.name,
    access: card.jail,
    folder: join(facts.jail.folder, facts.cwd),
    sender: `${channel}/${sender}`,
    program: facts.program.real,
    words: argv,
  };
  return isInside(facts.jail.folder, wish.program) || whyNotKept(wish) !== undefined
    ? undefined
    : wish;
}

/**
 * Why a wish may not be kept, in words; undefined where it may. What does not look like what it is
 * cannot be shown exactly as it is kept.
 */
export function whyNotKept(wish: Wish): string | undefined {
  const texts = [wish.agent, wish.access, wish.folder, wish.sender, wish.program, ...wish.words];
  if (texts.some((text) => unmix(visible(text)) !== text))
    return 'it holds characters that do not show';
  return whyNever(wish.words, wish.program);
}

/** No wrapper was taken off and nothing follows: the words are all that would be started. */
const isOneCommand = (argv: readonly string[], commands: readonly (readonly string[])[]): boolean =>
  commands.length === 1 && sameWords(commands[0] ?? [], argv);

export const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, at) => word === b[at]);

/** What lies in the jail, whoever works there may change. */
const isInside = (folder: string, path: string): boolean => path.startsWith(`${folder}/`);
