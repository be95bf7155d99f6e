import type { Atom } from '../../atom.ts';
import { digestOf } from '../../base/digest.ts';
import { type AgentReach, reachWidening } from '../../domain/agent-widening.ts';
import type { ParsedParams } from '../../protocol/methods.ts';
import { proveWider } from './proof.ts';

/** What lets an agent, or others with it, do more needs the owner's code. Throws AtomError `credentials`. */
export async function proveReach(
  { agents, records }: Atom,
  { name, ...reach }: Pick<ParsedParams<'agents.set'>, 'name' | 'wakes' | 'askedBy' | 'private'>,
  code: string | undefined,
): Promise<void> {
  const now = await agents.require(name);
  const { wakes = now.wakes, askedBy = now.askedBy, private: own = now.private } = reach;
  const next: AgentReach = { wakes, askedBy, private: own };
  const more = reachWidening(now, next);
  if (more.length === 0) return;
  const purpose = `agent ${digestOf([name, ...more])}`;
  const words = `Letting ${name} ${more.join(', ')}`;
  await proveWider(records.factor, code, { purpose, words });
}

/** Whoever reads what agents are told may keep it: one more needs the owner's code. Throws AtomError `credentials`. */
export async function proveReaders(
  { models, records }: Pick<Atom, 'models' | 'records'>,
  wish: Parameters<Atom['models']['newReaders']>[0],
  code: string | undefined,
): Promise<void> {
  const readers = await models.newReaders(wish);
  if (readers.length === 0) return;
  const { agent, fallbacks } = wish;
  const purpose = `model ${digestOf({ agent: agent ?? null, model: wish.model ?? null, fallbacks: [...fallbacks] })}`;
  const told = agent === undefined ? 'the agents of the profile are told' : `${agent} is told`;
  const words = `Letting ${readers.join(', ')} read what ${told}`;
  await proveWider(records.factor, code, { purpose, words });
}
