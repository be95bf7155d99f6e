import { AtomError, asAtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Role } from '../../domain/role.ts';
import type { Answers } from '../../protocol/answers.ts';
import type { PairingView } from '../../protocol/people-methods.ts';
import { createAsker } from '../ask/asker.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { drawOnceItFits, drawQr } from '../out/qr.ts';
import { decide, refusedError, tellAdmitted } from './decide.ts';
import { type Ended, watchPairing } from './watch.ts';

export interface PairWish {
  readonly channel: string;
  readonly role: Role;
  /** A large picture, for terminals that put space between lines. */
  readonly full: boolean;
}

/**
 * Shows a link and waits for a phone to use it; then whoever sits here says yes or no. Where nobody can be
 * asked it waits for that to be said elsewhere: `atom senders approve`. Throws AtomError `declined` where
 * nobody used it in time, or who did was refused.
 */
export const pair = (cli: Cli, wish: PairWish): Promise<void> =>
  withGateway(cli, true, async (gateway) => {
    const watch = watchPairing(gateway);
    const { channel, role } = wish;
    const begun = await gateway.request('pair.begin', { channel, role });
    await show(cli, begun, wish.full);
    const stopDrawing = drawOnceItFits(cli, begun.link, qrOptions(wish.full));
    try {
      if (cli.mayAsk && !cli.out.json) await decideHere(cli, gateway, { begun, watch, role });
      else await waitForOthers(cli, begun, watch);
    } finally {
      stopDrawing();
    }
  });

type Begun = Answers['pair.begin'];

interface Waiting {
  readonly begun: Begun;
  readonly watch: ReturnType<typeof watchPairing>;
  readonly role: Role;
}

async function show(cli: Cli, { link, command, typed, identity, pairing }: Begun, full: boolean) {
  const { out } = cli;
  if (out.json) {
    out.object({ state: 'open', pairing, identity, link, command, ...(typed ? { typed } : {}) });
    return;
  }
  const drawn = await drawQr(cli, link, qrOptions(full));
  // Where the link only opens the chat, any device that has the account will do.
  const open = typed ? 'Open the chat' : 'On your phone, open';
  out.warn(`${drawn ? 'Scan it with your phone’s camera, or open' : open}:`);
  out.warn(link);
  out.say(`It works once, for ${Math.ceil(pairing.leftMs / 60_000)} minutes.`);
  out.warn(`${typed ? 'Then send' : 'No camera? Send'} ${identity}:   ${command}`);
}

const qrOptions = (full: boolean) => ({ full, instead: 'the link' });

/** Ctrl-C makes the link void. Lines that are typed before there is a question answer none. */
async function decideHere(cli: Cli, gateway: Gateway, { begun, watch, role }: Waiting) {
  const { id, leftMs } = begun.pairing;
  const asker = createAsker();
  try {
    const used = await Promise.race([watch.used(id, leftMs), untilLeft(asker)]);
    if (!used.matched) throw overError(used);
    const sender = await decide({ cli, gateway, asker }, used.matched, role);
    if (!sender) throw refusedError();
    tellAdmitted(cli, sender);
  } catch (thrown) {
    // A code that was not taken leaves the two minutes to try again: atom senders approve.
    if (asAtomError(thrown).code === 'declined') await gateway.request('pair.cancel', { id });
    throw thrown;
  } finally {
    asker.close();
  }
}

async function untilLeft(asker: { line(question: string): Promise<string> }): Promise<never> {
  for (;;) await asker.line('');
}

async function waitForOthers(cli: Cli, { pairing }: Begun, watch: Waiting['watch']): Promise<void> {
  const used = await watch.used(pairing.id, pairing.leftMs);
  if (!used.matched) throw overError(used);
  sayMatched(cli, used.matched);
  const ended = await watch.decided(used.matched);
  if (!ended.sender) throw overError(ended);
  tellAdmitted(cli, ended.sender);
}

function sayMatched({ out }: Cli, pairing: PairingView): void {
  if (out.json) out.object({ state: 'matched', pairing });
  else out.say(`Used by ${pairing.channel} ${pairing.who?.id ?? '?'}.`);
  out.hint(`To let them in, within two minutes:   atom senders approve ${pairing.id}`);
}

const overError = ({ why = 'It is over.' }: Ended): AtomError =>
  new AtomError('declined', why, { next: ['For a new link:   atom pair <channel>'] });
