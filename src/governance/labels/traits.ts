import type { Integrity } from '../../domain/label.ts';

/** What an action can do with words that it should not have, as far as labels matter. */
export interface Traits {
  /**
   * Runs a program, unless it is a look: complexity 1 gets a jail that is read-only and has no network,
   * so nothing that is run there can do harm.
   */
  readonly runs: boolean;
  /** Speaks to somebody who did not ask. */
  readonly sends: boolean;
  /** Leaves something behind that is read or run later; `target`: unless the owner named where. */
  readonly keeps: boolean | 'target';
  /** Gets something from somebody beyond this machine, unless the owner named from where. */
  readonly fetches: boolean;
  /** Who reads what goes out; `as prepared` where that depends on the request. */
  readonly leaves: 'nobody' | 'people' | 'as prepared';
  /** The best that what comes back can be. */
  readonly yields: Integrity;
}

const LOOKS: Traits = {
  runs: false,
  sends: false,
  keeps: false,
  fetches: false,
  leaves: 'nobody',
  yields: 'local',
};

/** For what nobody described: it does everything. */
export const EVERYTHING: Traits = {
  runs: true,
  sends: true,
  keeps: true,
  fetches: true,
  leaves: 'people',
  yields: 'untrusted',
};

const TRAITS: Readonly<Record<string, Traits>> = {
  // Output of commands and content of files in a jail are the owner's own things and count as local,
  // deliberately: what strangers' words were written to is tainted, file by file (see taints.ts).
  'shell.exec': { ...LOOKS, runs: true },
  'file.read': LOOKS,
  'file.list': LOOKS,
  'file.write': { ...LOOKS, keeps: 'target' },
  // Neither its bytes nor its name are the asker's to choose, it replaces nothing, and it is tainted.
  'file.receive': { ...LOOKS, yields: 'untrusted' },
  'file.send': { ...LOOKS, sends: true, leaves: 'as prepared' },
  // What the owner has not approved yields strangers' words: its request says so.
  'skill.read': LOOKS,
  // What came back before, with the label that it had then.
  'result.read': LOOKS,
  'skill.call': { ...LOOKS, runs: true, yields: 'untrusted' },
  // Whether others read what it is told depends on the server; what it answers is nobody's but its own.
  'mcp.call': { ...LOOKS, runs: true, leaves: 'as prepared', yields: 'untrusted' },
  // The value goes to a skill that may have it, and is in no result.
  'secret.read': LOOKS,
  // What a model says carries the label of all it was shown; the turn sees to that.
  'llm.complete': { ...LOOKS, leaves: 'as prepared' },
  'message.reply': { ...LOOKS, leaves: 'as prepared' },
  'message.send': { ...LOOKS, sends: true, leaves: 'people' },
  'net.fetch': { ...LOOKS, fetches: true, leaves: 'people', yields: 'untrusted' },
  'feed.post': { ...LOOKS, keeps: true },
  'feed.react': { ...LOOKS, keeps: true },
  // The words keep their label on the way, and the answer brings that of all that the other one was shown.
  'agent.ask': { ...LOOKS, leaves: 'as prepared' },
  // What is kept comes back in another conversation, which may be a model's.
  'job.add': { ...LOOKS, keeps: true, leaves: 'as prepared' },
  // Notes come back as they are labelled; their request says so.
  'memory.read': LOOKS,
  'memory.write': { ...LOOKS, keeps: true },
  // What only the owner may do grants trust: nothing that strangers wrote may lead to it.
  'standing.give': EVERYTHING,
  'rules.loosen': EVERYTHING,
  'files.trust': EVERYTHING,
  'memory.trust': EVERYTHING,
  'skill.trust': EVERYTHING,
  'mcp.look': EVERYTHING,
  'mcp.trust': EVERYTHING,
  'mcp.classify': EVERYTHING,
  'channel.trust': EVERYTHING,
  'agent.promote': EVERYTHING,
  'sender.admit': EVERYTHING,
  'halt.resume': EVERYTHING,
  'device.admit': EVERYTHING,
  'undo.restore': EVERYTHING,
  'quarantine.restore': EVERYTHING,
  'undo.forget': EVERYTHING,
  'session.forget': EVERYTHING,
};

/** The names that have a row. */
export const describedActions: ReadonlySet<string> = new Set(Object.keys(TRAITS));

export const traitsOf = (action: string): Traits =>
  (Object.hasOwn(TRAITS, action) ? TRAITS[action] : undefined) ?? EVERYTHING;
