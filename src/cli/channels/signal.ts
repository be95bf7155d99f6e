import { AtomError } from '../../base/errors.ts';
import { type Door, doorIn, doorText, openWire, startCommand } from '../../channels/signal/door.ts';
import { addressOf, digitsIn } from '../../channels/signal/ids.ts';
import { beginSession, NoAccountError, type Session } from '../../channels/signal/session.ts';
import { fixedIds } from '../../channels/signal/user-status.ts';
import { loadConfig } from '../../config/load.ts';
import { isInside } from '../../domain/jail-choice.ts';
import { createAsker } from '../ask/asker.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { bad, type Finding, good, note } from '../doctor/finding.ts';
import type { Platform } from './platform.ts';
import { readChannel, type Settings, writeChannel } from './settings.ts';

const CONSENT = [
  'Signal is experimental in atom, and was never run against Signal itself. atom speaks to signal-cli,',
  'which is a program of others that you install, start and keep up to date: Signal turns old ones away.',
  'Whoever reaches the place where signal-cli listens reads and writes as that account, without a password.',
];

const TRY_MS = 5000;

/** Which account, and where signal-cli listens; nothing where the account is known already. */
async function ask(cli: Cli, { account }: Settings): Promise<Settings> {
  if (account !== undefined) return {};
  requirePerson(
    cli,
    'The account that signal-cli has is needed',
    'Name it:   atom channels add signal --set account=+4915112345678',
  );
  const asker = createAsker();
  try {
    const number = await asker.line('Phone number of the account, with the country’s code: ');
    const where = await asker.line('Where signal-cli listens (Enter for 127.0.0.1:7583): ');
    return { account: number.replace(/[\s()-]/g, ''), ...placeIn(where) };
  } finally {
    asker.close();
  }
}

function placeIn(where: string): Settings {
  if (where === '') return {};
  if (where.startsWith('/')) return { socket: where };
  return where.startsWith('http') ? { http: where } : { tcp: where };
}

/** Says what it means, and asks signal-cli whether it has the account. Returns what to do next. */
async function connect(cli: Cli): Promise<string> {
  for (const line of CONSENT) cli.out.say(line);
  const { account, door, allow } = await settingsOf(cli);
  let fixed: Awaited<ReturnType<typeof fixedIds>> = { ids: allow, said: [] };
  const found = await tried(door, account, async (session, soon) => {
    fixed = await fixedIds(session, allow, soon);
  });
  for (const words of fixed.said) cli.out.say(words);
  if (fixed.said.length > 0)
    await writeChannel(cli, 'signal', { ...(await readChannel(cli, 'signal')), allow: fixed.ids });
  if (found === 'ready') {
    cli.out.say(`signal-cli at ${doorText(door)} answers.`);
    return 'Then:   atom start, and   atom pair signal';
  }
  if (found === 'no account') {
    cli.out.warn(`signal-cli at ${doorText(door)} has no account ${addressOf(account)} yet.`);
    return 'Then:   atom start, and   atom channels login signal';
  }
  cli.out.warn(`No signal-cli listens at ${doorText(door)} yet: ${found}.`);
  return `Start it:   ${startCommand(door)}\nThen:   atom start, and   atom channels login signal`;
}

async function settingsOf(cli: Cli) {
  const { channels, jails } = await loadConfig(cli.paths, cli.env);
  if (channels.signal) return { ...channels.signal, door: doorIn(channels.signal), jails };
  throw new AtomError('config', 'Signal is not set up.', { next: ['atom channels add signal'] });
}

/** `ready`, `no account`, or in words why there is no connection. */
async function tried(
  door: Door,
  account: string,
  work: (session: Session, soon: AbortSignal) => Promise<void> = async () => undefined,
): Promise<string> {
  const soon = AbortSignal.timeout(TRY_MS);
  try {
    const wire = await openWire(door, { events: {}, take: () => undefined }, soon);
    try {
      await work(await beginSession(wire, account, soon), soon);
      return 'ready';
    } finally {
      wire.close();
    }
  } catch (thrown) {
    if (thrown instanceof NoAccountError) return 'no account';
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

async function find(cli: Cli): Promise<readonly Finding[]> {
  const { account, door, allow, jails } = await settingsOf(cli);
  const found = await tried(door, account);
  return [connection(found, { account, door }), ...exposed(door, jails), people(allow)];
}

function people(allow: readonly string[]): Finding {
  const { length } = allow.filter((id) => digitsIn(id) !== undefined);
  if (allow.length === 0)
    return note(
      'signal',
      'no owner is named in the settings',
      'Pair your phone:   atom pair signal',
    );
  return length === 0
    ? good('signal', `${allow.length} named as owners in the settings`)
    : note(
        'signal',
        `${length} named as owners by a number alone, which may pass to somebody else`,
        'Ask signal-cli for what stays:   atom channels add signal',
      );
}

function connection(found: string, { account, door }: { account: string; door: Door }): Finding {
  if (found === 'ready')
    return good('signal', `experimental; signal-cli at ${doorText(door)} answers`);
  if (found === 'no account')
    return bad(
      'signal',
      `signal-cli has no account ${addressOf(account)}`,
      'Link it:   atom channels login signal',
    );
  return bad(
    'signal',
    `no signal-cli at ${doorText(door)} (${found})`,
    `Start it:   ${startCommand(door)}`,
  );
}

/** Nothing guards signal-cli but who can reach it. */
function exposed(door: Door, jails: readonly { folder: string }[]): readonly Finding[] {
  if (door.kind === 'socket' && jails.some(({ folder }) => isInside(folder, door.path)))
    return [bad('signal', 'its socket lies in a jail, whose commands could write as the account')];
  const host = door.kind === 'http' ? new URL(door.root).hostname : '';
  const name = door.kind === 'tcp' ? door.host : host;
  if (door.kind === 'socket' || /^(127\.|localhost$|\[?::1\]?$)/.test(name)) return [];
  return [
    note(
      'signal',
      `signal-cli is reached at ${name}: anybody there can read and write as the account`,
      'Safer:   atom config set channels.signal.socket <path>',
    ),
  ];
}

async function forget(): Promise<string> {
  return 'atom keeps no keys of Signal. signal-cli has the account still: unlink it on the phone, Settings, Linked devices.';
}

/** An account of Signal through signal-cli. */
export const signal: Platform = {
  groups: 'groups',
  ask,
  login: {
    where: 'Signal on the phone: Settings, Linked devices, Link a new device. It changes.',
    byNumber: false,
  },
  connect,
  forget,
  find,
};
