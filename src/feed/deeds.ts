import type { RefusalReason } from '../domain/action.ts';

/** Something that an agent did or tried in a turn, as far as it may be told. */
export interface Deed {
  /** Its name; where one action does several things, with which: `memory.write:forget`. */
  readonly action: string;
  /** Of programs, files or skills: what was done it with or to. Never more of a path than its end. */
  readonly names: readonly string[];
  /** Why, in the agent's own words; only of an agent whose reasons are told. */
  readonly because?: string;
  readonly result: 'done' | 'ended badly' | RefusalReason;
}

interface Words {
  /** `Ran git and npm` */
  readonly did: (deeds: readonly Deed[]) => string;
  /** `run git`, of what could not be done. */
  readonly toDo: (deed: Deed) => string;
  /** `3 commands` */
  readonly counted: readonly [one: string, many: string];
}

/** One row an action that is worth telling: thinking, answering and posting itself are not. */
const WORDS: Readonly<Record<string, Words>> = {
  'shell.exec': {
    did: (deeds) => `Ran ${named(deeds, 'a command', 'commands')}${oftener(deeds, 'commands')}`,
    toDo: (deed) => `run ${named([deed], 'a command', 'commands')}`,
    counted: ['command', 'commands'],
  },
  'file.read': files('Read', 'read', 'read'),
  'file.write': files('Wrote', 'write', 'written'),
  'file.send': files('Sent', 'send', 'sent'),
  'file.receive': files('Took in', 'take in', 'taken in'),
  'file.list': {
    did: (deeds) => `Looked into ${counted(deeds.length, ['a folder', 'folders'])}`,
    toDo: () => 'look into a folder',
    counted: ['folder looked into', 'folders looked into'],
  },
  'skill.call': {
    did: (deeds) =>
      `Used the skill ${named(deeds, 'of somebody', 'skills')}${oftener(deeds, 'times')}`,
    toDo: (deed) => `use the skill ${named([deed], 'asked for', 'skills')}`,
    counted: ['skill used', 'skills used'],
  },
  'skill.read': {
    did: (deeds) => `Read up on ${named(deeds, 'a skill', 'skills')}`,
    toDo: (deed) => `read the skill ${named([deed], 'asked for', 'skills')}`,
    counted: ['skill read', 'skills read'],
  },
  'net.fetch': {
    did: (deeds) => `Fetched ${counted(deeds.length, ['a page', 'pages'])}`,
    toDo: () => 'fetch a page',
    counted: ['page fetched', 'pages fetched'],
  },
  'job.add': {
    did: (deeds) => `Planned ${counted(deeds.length, ['something for later', 'things for later'])}`,
    toDo: () => 'plan something for later',
    counted: ['job planned', 'jobs planned'],
  },
  'memory.read': {
    did: () => 'Looked through what it remembers',
    toDo: () => 'look through what it remembers',
    counted: ['look at what it remembers', 'looks at what it remembers'],
  },
  // What was learned is in nobody's feed: a note, and its name, are words of whoever said it.
  'memory.write': {
    did: (deeds) =>
      `Learned ${counted(deeds.length, ['something to remember', 'things to remember'])}`,
    toDo: () => 'keep what it learned',
    counted: ['thing learned', 'things learned'],
  },
  'memory.write:change': {
    did: () => 'Corrected what it remembers',
    toDo: () => 'correct what it remembers',
    counted: ['note corrected', 'notes corrected'],
  },
  'memory.write:forget': {
    did: (deeds) => `Forgot ${counted(deeds.length, ['a note', 'notes'])}`,
    toDo: () => 'forget a note',
    counted: ['note forgotten', 'notes forgotten'],
  },
  'agent.ask': {
    did: (deeds) => `Asked ${named(deeds, 'another agent', 'agents')} for help`,
    toDo: (deed) => `ask ${named([deed], 'another agent', 'agents')}`,
    counted: ['agent asked', 'agents asked'],
  },
};

/** What an action that nobody described is called: it is counted all the same. */
const OTHER = (action: string): Words => ({
  did: (deeds) => `Used ${action}${oftener(deeds, 'times')}`,
  toDo: () => `use ${action}`,
  counted: ['other step', 'other steps'],
});

const UNTOLD: ReadonlySet<string> = new Set(['llm.complete', 'message.reply', 'feed.post']);

/** False for what is the turn itself, and no deed of it. */
export const isTold = (action: string): boolean => !UNTOLD.has(action);

const wordsFor = (action: string): Words =>
  (Object.hasOwn(WORDS, action) ? WORDS[action] : undefined) ?? OTHER(action);

const WHY_NOT: Readonly<Record<RefusalReason, string>> = {
  denied: 'you said no',
  expired: 'nobody answered in time',
  policy: 'that is not allowed',
  blocked: 'that is not allowed there',
  failed: 'it failed',
  uncertain: 'nobody knows whether it was done',
  stopped: 'it was stopped',
  limited: 'a limit was reached',
  halted: 'everything rests',
};

/** Like deeds in a row, in one sentence: `Ran git and npm, 5 commands, 1 of them failed.` */
export function deedWords(deeds: readonly [Deed, ...Deed[]]): string {
  const [first] = deeds;
  const { did, toDo } = wordsFor(first.action);
  const { result, because } = first;
  const why = because === undefined ? '' : ` Why: ${because}`;
  if (result !== 'done' && result !== 'ended badly') {
    const times = deeds.length > 1 ? `, ${deeds.length} times` : '';
    return `Could not ${toDo(first)}: ${WHY_NOT[result]}${times}.${why}`;
  }
  const bad = deeds.filter((deed) => deed.result === 'ended badly').length;
  const ended =
    deeds.length === 1 ? '; it ended with an error' : `; ${bad} of them ended with an error`;
  return `${did(deeds)}${bad > 0 ? ended : ''}.${why}`;
}

/** What was done altogether: `3 commands, 2 files read`. */
export function sumWords(deeds: readonly Deed[]): string {
  const done = deeds.filter(({ result }) => result === 'done' || result === 'ended badly');
  const by = Object.entries(Object.groupBy(done, ({ action }) => action));
  return by
    .map(([action, these = []]) => counted(these.length, wordsFor(action).counted, '1 '))
    .join(', ');
}

/** True where one sentence can tell of both. */
export const isLike = (a: Deed, b: Deed): boolean =>
  a.action === b.action &&
  a.because === undefined &&
  b.because === undefined &&
  (a.result === b.result || [a, b].every(({ result }) => /^(?:done|ended badly)$/.test(result)));

function files(did: string, toDo: string, done: string): Words {
  return {
    did: (deeds) => `${did} ${named(deeds, 'a file', 'files')}`,
    toDo: (deed) => `${toDo} ${named([deed], 'a file', 'files')}`,
    counted: [`file ${done}`, `files ${done}`],
  };
}

const MOST_NAMES = 3;

/** `git`, `git and npm`, `git, npm, tar and 2 more`; without names, how many. */
function named(deeds: readonly Deed[], one: string, many: string): string {
  const names = [...new Set(deeds.flatMap((deed) => deed.names))];
  if (names.length === 0) return counted(deeds.length, [one, many]);
  const more = names.length - MOST_NAMES;
  const shown = [...names.slice(0, MOST_NAMES), ...(more > 0 ? [`${more} more`] : [])];
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** `, 5 commands`, where that is more than the names say. */
const oftener = (deeds: readonly Deed[], what: string): string => {
  const names = new Set(deeds.flatMap((deed) => deed.names)).size;
  return names > 0 && deeds.length > names ? `, ${deeds.length} ${what}` : '';
};

const counted = (many: number, [one, more]: Words['counted'], before = ''): string =>
  many === 1 ? `${before}${one}` : `${many} ${more}`;
