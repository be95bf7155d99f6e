import { type WakeKind, wakeWords } from './errand.ts';

/** Who may reach an agent, and what sets it to work. */
export interface AgentReach {
  readonly private?: boolean | undefined;
  /** The only agents that may ask it; absent or null: all of them, or none where it is private. */
  readonly askedBy?: readonly string[] | null | undefined;
  readonly wakes: readonly WakeKind[];
}

/** What an agent may do, or others may do with it, that it was not before, one thing an entry. */
export function reachWidening(before: AgentReach, next: AgentReach): readonly string[] {
  const [known, askers] = [askersOf(before), askersOf(next)];
  const more = askers === 'everybody' ? [] : askers.filter((one) => !known.includes(one));
  return [
    ...(before.private === true && next.private !== true ? ['be private no more'] : []),
    ...(known === 'everybody' || askers !== 'everybody' ? [] : ['be asked by every agent']),
    ...(known === 'everybody' || more.length === 0 ? [] : [`be asked by ${more.join(', ')}`]),
    ...next.wakes
      .filter((kind) => !before.wakes.includes(kind))
      .map((kind) => `wake for ${wakeWords[kind]}`),
  ];
}

const askersOf = ({ askedBy, private: own }: AgentReach): readonly string[] | 'everybody' =>
  askedBy ?? (own === true ? [] : 'everybody');
