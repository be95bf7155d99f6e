import type { Log } from '../base/log.ts';
import { visible } from '../base/visible.ts';
import type { InboundEvent } from '../domain/event.ts';
import { codeText, type PairingProof, proofIn } from '../domain/pairing.ts';
import type { Role } from '../domain/role.ts';
import { personOf } from '../domain/sender.ts';
import type { Sql, Store } from '../domain/store.ts';
import type { Caller, PairingDoor } from '../governance/people/pairing.ts';
import type { Knocked } from './strangers.ts';

export interface PairingDeps {
  readonly pairing: Pick<PairingDoor, 'prove' | 'knock'>;
  /**
   * Says something to the sender of an event that is kept nowhere, within a transaction. `secret`: the
   * words are forgotten once they are said.
   */
  readonly sayTo: (
    sql: Sql,
    event: InboundEvent,
    said: { readonly text: string; readonly secret?: boolean },
  ) => Promise<void>;
  /** True where an event that is kept nowhere was answered before. */
  readonly wasSaidTo: (event: InboundEvent) => Promise<boolean>;
  readonly log: Log;
  readonly store: Store;
}

/** So much of what a stranger wrote is kept, for the owner to look at. */
const MOST_WORDS = 80;

/** What a message that is about being let in gives for it: a tapped link, a typed code. */
export const proofOf = (event: InboundEvent): PairingProof | undefined =>
  mayPair(event) && event.wordsOf === undefined ? proofIn(event.text) : undefined;

/** Takes such a message, which is neither kept nor looked at any further. */
export async function takeProof(
  deps: PairingDeps,
  event: InboundEvent,
  { proof, role }: { readonly proof: PairingProof; readonly role: Role | undefined },
): Promise<void> {
  // A platform that brings it again gets no second try out of it.
  if (await deps.wasSaidTo(event)) return;
  if (role === 'owner') {
    await deps.store.tx((sql) => deps.sayTo(sql, event, { text: KNOWN }));
    return;
  }
  const came = await deps.pairing.prove({ ...callerOf(event), proof }, (sql, what) =>
    deps.sayTo(sql, event, { text: what === 'matched' ? MATCHED : WRONG }),
  );
  deps.log.info(`pairing on ${event.from.channel}: ${came}`, { sender: event.sender.id });
}

/** Gives a stranger a code for the owner, where that may be. */
export async function answerStranger(deps: PairingDeps, event: InboundEvent): Promise<Knocked> {
  if (!mayPair(event)) return 'unheard';
  if (await deps.wasSaidTo(event)) return 'silent';
  const words = visible(event.text.slice(0, MOST_WORDS)).slice(0, MOST_WORDS).toWellFormed();
  return deps.pairing.knock({ ...callerOf(event), words }, (sql, code) =>
    deps.sayTo(sql, event, { text: strangerText(code), secret: true }),
  );
}

/** Only what is said to us alone: groups never pair. */
const mayPair = ({ kind, isGroup, from }: InboundEvent): boolean =>
  kind === 'message' && !isGroup && from.channel !== 'terminal';

const callerOf = (event: InboundEvent): Caller => ({
  who: personOf(event),
  peer: event.from.peer,
  ...(event.sender.name === undefined ? {} : { name: event.sender.name }),
});

const KNOWN = 'I know you already, as an owner. Nothing was used up.';
const MATCHED = 'Thank you. Now the owner confirms it at the terminal, within two minutes.';
const WRONG =
  'That does not work. Each link and code works once and for a short time: ask the owner for a new one.';

/** The code alone on its line, so that a finger can copy it. */
const strangerText = (code: string): string =>
  [
    'Hi. This is a private assistant and I don’t know you yet.',
    'Your code (copy it for the owner):',
    codeText(code),
    'It works for 60 minutes. I keep nothing you send until then.',
  ].join('\n');
