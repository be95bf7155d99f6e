/** What may stand behind a command, token by token: a word as it is written here, or a slot. */
export type Token =
  | string
  /** One word, and a whole number from 1, and all that follows. */
  | { readonly word: string }
  | { readonly number: string }
  | { readonly rest: string };

export interface ChatCommand {
  readonly name: string;
  /** Another name of it. */
  readonly also?: string;
  /** As it is written, for people. */
  readonly form: string;
  readonly says: string;
  /** Owners alone; besides them, in a chat of their own, whoever has agents of their own; or everybody there. */
  readonly who: 'owner' | 'user' | 'everybody';
  /**
   * `door`: outside any turn, so that it never queues behind one. `turn`: in a turn of its own. `planner`: by
   * the offline planner, also where a model is connected.
   */
  readonly where: 'door' | 'turn' | 'planner';
  /** The ways it can be said; the first that fits is meant. */
  readonly takes: readonly (readonly Token[])[];
}

const ANYTHING: ChatCommand['takes'] = [[], [{ rest: 'rest' }]];

/** Every command of a chat, in the order in which `/help` tells them. */
export const chatCommands: readonly ChatCommand[] = [
  {
    name: 'help',
    also: 'start',
    form: '/help',
    says: 'what can be said',
    who: 'everybody',
    where: 'door',
    takes: ANYTHING,
  },
  {
    name: 'new',
    form: '/new',
    says: 'start afresh; what was said is kept',
    who: 'everybody',
    where: 'door',
    takes: [[]],
  },
  {
    name: 'stop',
    form: '/stop',
    says: 'stop what is running; stop alone does, too',
    who: 'everybody',
    where: 'door',
    takes: [[]],
  },
  {
    name: 'sessions',
    form: '/sessions [NUMBER]',
    says: 'the conversations of this chat; with a number, go on with that one',
    who: 'everybody',
    where: 'door',
    takes: [[], [{ number: 'number' }]],
  },
  {
    name: 'compact',
    form: '/compact [keep WORDS | WORDS]',
    says: 'sum up what was said before; keep: word for word',
    who: 'everybody',
    where: 'turn',
    takes: [[], ['keep', { rest: 'keep' }], [{ rest: 'focus' }]],
  },
  {
    name: 'status',
    form: '/status',
    says: 'how things stand',
    who: 'owner',
    where: 'door',
    takes: [[]],
  },
  {
    name: 'feed',
    form: '/feed',
    says: 'the latest of what agents tell',
    who: 'user',
    where: 'door',
    takes: [[]],
  },
  {
    name: 'model',
    form: '/model [NAME]',
    says: 'which model answers here; with a name, let that one answer',
    who: 'owner',
    where: 'door',
    takes: [[], [{ word: 'model' }]],
  },
  {
    name: 'agent',
    also: 'agents',
    form: '/agent [NAME]',
    says: 'who could answer here; with a name, let that agent answer',
    who: 'user',
    where: 'door',
    takes: [[], [{ word: 'agent' }]],
  },
  {
    name: 'pin',
    form: '/pin [WORDS]',
    says: 'what is kept word for word in this conversation; with words, those too',
    who: 'owner',
    where: 'door',
    takes: [[], [{ rest: 'text' }]],
  },
  {
    name: 'unpin',
    form: '/unpin NUMBER',
    says: 'keep that one no longer',
    who: 'owner',
    where: 'door',
    takes: [[{ number: 'number' }]],
  },
  {
    name: 'undo',
    form: '/undo [list]',
    says: 'take back what was changed last, as undo alone does; list tells what can be',
    who: 'owner',
    where: 'door',
    takes: [[], ['list']],
  },
  {
    name: 'runs',
    form: '/runs',
    who: 'owner',
    where: 'door',
    takes: [[]],
    says: 'what a crash cut off, and how you say what is true of it',
  },
  {
    name: 'pair',
    form: '/pair [qr | approve CODE]',
    says: 'a setup code for a device; approve lets in one that waits',
    who: 'owner',
    where: 'door',
    takes: [
      [],
      ['qr'],
      ['approve', { word: 'ref' }],
      ['approve', { word: 'ref' }, { rest: 'proof' }],
    ],
  },
  {
    name: 'panic',
    form: '/panic',
    says: 'kill what runs and refuse everything',
    who: 'owner',
    where: 'door',
    takes: ANYTHING,
  },
  {
    name: 'resume',
    form: '/resume [CODE]',
    says: 'go on after a panic or a pause',
    who: 'owner',
    where: 'door',
    takes: [[], [{ rest: 'proof' }]],
  },
  {
    name: 'run',
    form: '/run COMMAND LINE',
    says: 'run a command in the jail folder; pipes and && work too',
    who: 'everybody',
    where: 'planner',
    takes: ANYTHING,
  },
  {
    name: 'skills',
    form: '/skills',
    says: 'the skills that are loaded',
    who: 'everybody',
    where: 'planner',
    takes: ANYTHING,
  },
  {
    name: 'skill',
    form: '/skill NAME JSON',
    says: 'use one skill',
    who: 'everybody',
    where: 'planner',
    takes: ANYTHING,
  },
  {
    name: 'tools',
    form: '/tools',
    says: 'the tools a model would be given',
    who: 'everybody',
    where: 'planner',
    takes: ANYTHING,
  },
];

/** One command on a line of help. */
export const commandLine = ({ form, says }: Pick<ChatCommand, 'form' | 'says'>): string =>
  `${form} — ${says}`;
