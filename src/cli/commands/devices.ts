import { type Command, InvalidArgumentError } from 'commander';
import { grantable } from '../../domain/caller.ts';
import type { Act } from './act.ts';
import { asNumber } from './stand-options.ts';

type Granted = (typeof grantable)[number];

const change = () => import('../devices/change.ts');
const SCOPES = `what it may do, separated by commas: ${grantable.join(', ')}`;
const TOTP = ['--totp-stdin', 'read the code of the second factor from stdin'] as const;

export function addDevices(program: Command, act: Act): void {
  const devices = program
    .command('devices')
    .description('Phones and programs that hold a key to this gateway');
  addLook(devices, act);
  addPair(devices, act);
  addProgram(devices, act);
  addUpkeep(devices, act);
}

function addLook(devices: Command, act: Act): void {
  devices
    .command('list', { isDefault: true })
    .alias('ls')
    .description('All of them, when each was seen last, and who waits')
    .option('--all', 'those that were revoked, too')
    .action(
      act(async (cli, _, { all }) =>
        (await import('../devices/list.ts')).listDevices(cli, all === true),
      ),
    );
}

function addPair(devices: Command, act: Act): void {
  devices
    .command('pair')
    .description('Show a setup code for a phone, and compare digits with it')
    .option('--scopes <scopes>', `${SCOPES} (read, chat, approve)`, scopesIn)
    .option('--seconds <count>', 'how long the code lives, 300 at most (180)', asNumber)
    .option('--url <url>', 'where the device reaches this gateway, if not as configured')
    .option('--png <file>', 'write the QR code to a file, too')
    .option(
      '--id-token-file <file>',
      'a token of the user whose device it will be (OpenID Connect)',
    )
    .option('--full', 'a large QR code, for terminals that put space between lines')
    .action(
      act(async (cli, _, { scopes, seconds, url, png, full, idTokenFile }) =>
        (await import('../devices/pair.ts')).pairDevice(cli, {
          scopes: scopes as readonly Granted[] | undefined,
          seconds: typeof seconds === 'number' ? seconds : undefined,
          url: typeof url === 'string' ? url : undefined,
          png: typeof png === 'string' ? png : undefined,
          full: full === true,
          idTokenFile: typeof idTokenFile === 'string' ? idTokenFile : undefined,
        }),
      ),
    );
}

function addProgram(devices: Command, act: Act): void {
  devices
    .command('add')
    .description('Make a token for a program; it is shown once')
    .argument('<name>', 'what to call it')
    .option('--scopes <scopes>', `${SCOPES} (read, chat)`, scopesIn)
    .option(...TOTP)
    .action(
      act(async (cli, [name], { scopes, totpStdin }) =>
        (await change()).addProgram(cli, {
          name: String(name),
          scopes: scopes as readonly Granted[] | undefined,
          totpStdin: totpStdin === true,
        }),
      ),
    );
}

function addUpkeep(devices: Command, act: Act): void {
  devices
    .command('rename')
    .description('Call one something else')
    .argument('<device>', 'its id or name')
    .argument('<name>')
    .action(
      act(async (cli, [ref, name]) =>
        (await change()).renameDevice(cli, String(ref), String(name)),
      ),
    );
  devices
    .command('rotate')
    .description('A new key in the place of the old one, which is void at once')
    .argument('<device>', 'its id or name')
    .action(act(async (cli, [ref]) => (await change()).rotateDevice(cli, String(ref))));
  devices
    .command('revoke')
    .description('Let one in no more, and end what hangs on it')
    .argument('<device>', 'its id or name')
    .action(act(async (cli, [ref]) => (await change()).revokeDevice(cli, String(ref))));
}

function scopesIn(text: string): readonly Granted[] {
  const words = text.split(',').map((word) => word.trim());
  const found = grantable.filter((scope) => words.includes(scope));
  if (found.length > 0 && found.length === new Set(words).size) return found;
  throw new InvalidArgumentError(`Some of: ${grantable.join(', ')}.`);
}
