import { createBus } from '../../../src/bus/bus.ts';
import { type Pairing, proofIn } from '../../../src/domain/pairing.ts';
import type { Store } from '../../../src/domain/store.ts';
import { createAudit } from '../../../src/governance/audit/append.ts';
import { createPairing } from '../../../src/governance/people/pairing.ts';
import type { People } from '../../../src/governance/people/people.ts';
import { newestEntries } from '../../../src/store/tables/audit.ts';
import { freshStore, type HeldClock, heldClock } from '../../store/fresh.ts';

/** A world with one owner on Telegram, and nobody else. */
export const ownedBy = (id: string): Pick<People, 'roleOf' | 'isBlocked' | 'list'> => ({
  roleOf: (who) =>
    who.channel === 'terminal' || (who.channel === 'telegram' && who.id === id)
      ? 'owner'
      : undefined,
  isBlocked: () => false,
  list: () => [],
});

export interface DoorScene {
  readonly store?: Store;
  readonly clock?: HeldClock;
}

/** The door of pairing on a real store, and what it told. */
export async function setPairing(scene: DoorScene = {}) {
  const store = scene.store ?? (await freshStore()).store;
  const clock = scene.clock ?? heldClock();
  const bus = createBus();
  const audit = createAudit(clock);
  const pairing = createPairing({ store, audit, bus, steady: clock });
  const told = { changed: [] as Pairing[], locked: [] as number[], said: [] as string[] };
  bus.on('pairing.changed', (one) => told.changed.push(one));
  bus.on('pairing.locked', ({ until }) => told.locked.push(until));
  const say = async (_: unknown, what: string): Promise<void> => void told.said.push(what);
  return {
    store,
    clock,
    bus,
    audit,
    pairing,
    told,
    link: (text: string, id = '43', channel = 'telegram') => {
      const proof = proofIn(text);
      if (!proof) throw new Error(`no proof: ${text}`);
      return pairing.prove({ ...caller(id, channel), proof }, say);
    },
    knock: (id: string, words = 'let me in') => pairing.knock({ ...caller(id), words }, say),
    kinds: async (): Promise<readonly string[]> =>
      (await newestEntries(store, { limit: 5000 })).map(({ kind }) => kind).toReversed(),
  };
}

const caller = (id: string, channel = 'telegram') => ({
  who: { channel, account: '1', id },
  name: 'Dana K. @dana',
  peer: id,
});
