import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { LinkStep } from '../../domain/channel.ts';
import { createAsker } from '../ask/asker.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { drawQr } from '../out/qr.ts';
import { addable, platform } from './named.ts';

/** WhatsApp shows six codes, the first for a minute and the others for twenty seconds; Signal's last longer. */
const PATIENCE_MS = 180_000;

/**
 * Links an account: shows each QR code as it changes, or a code to type where the terminal is too small or
 * a number was given. Throws AtomError `declined` where nobody took one in time.
 */
export async function login(cli: Cli, channel: string, phone: string | undefined): Promise<void> {
  const number = phone?.replace(/^\+/, '').replace(/[\s-]/g, '');
  await withGateway(cli, true, async (gateway) => {
    const identity = await linked(cli, gateway, { channel, number });
    if (cli.out.json) return cli.out.object({ channel, linked: identity });
    cli.out.say(`Linked: ${visible(identity)}. The phone lists this device under Linked devices.`);
    cli.out.hint(`Undo:   atom channels remove ${channel}`);
  });
}

interface Wanted {
  readonly channel: string;
  readonly number: string | undefined;
}

async function linked(cli: Cli, gateway: Gateway, { channel, number }: Wanted): Promise<string> {
  const end = Promise.withResolvers<string>();
  // It may fail while somebody is being asked, and be waited for only afterwards.
  end.promise.catch(() => undefined);
  let isBegun = false;
  const begin = async (phone: string | undefined): Promise<void> => {
    isBegun = false;
    await gateway.request('channels.login', { channel, ...(phone === undefined ? {} : { phone }) });
    isBegun = true;
  };
  let isByNumber = number !== undefined;
  const follow = async (step: LinkStep): Promise<void> => {
    if (step.kind === 'linked') return end.resolve(step.identity);
    // An attempt that was under way ends for ours, and so does our own by a picture for one by a number.
    if (step.kind === 'failed')
      return isBegun ? end.reject(new AtomError('declined', step.reason)) : undefined;
    if (cli.out.json) return cli.out.object({ channel, ...step });
    if (step.kind === 'code') return showCode(cli, step.text);
    if ((await showQr(cli, channel, step.text)) || isByNumber) return;
    isByNumber = true;
    const typed = await askNumber(cli, channel);
    await begin(typed);
  };
  const stop = gateway.on((event) => {
    if (event.kind === 'channel.link' && event.channel === channel)
      follow(event.step).catch(end.reject);
  });
  const late = setTimeout(
    () => end.reject(new AtomError('declined', 'Nobody took a code in time. Nothing was linked.')),
    cli.flags.timeoutMs ?? PATIENCE_MS,
  );
  try {
    await begin(number);
    return await Promise.race([end.promise, gone(gateway)]);
  } finally {
    clearTimeout(late);
    stop();
  }
}

async function gone(gateway: Gateway): Promise<never> {
  const { message } = await gateway.closed;
  throw new AtomError('not-running', message);
}

/** False where it was not shown and there is a code to type instead. */
async function showQr(cli: Cli, channel: string, text: string): Promise<boolean> {
  const { where, byNumber } = platform(addable(cli, channel)).login ?? {
    where: '',
    byNumber: false,
  };
  const instead = byNumber ? 'a code to type' : 'the link below';
  const isDrawn = await drawQr(cli, text, { instead });
  if (isDrawn || !byNumber) cli.out.say(where);
  if (isDrawn || byNumber) return isDrawn;
  cli.out.say('As a QR code, of what follows (qrencode -t ansiutf8 draws one):');
  cli.out.data(visible(text));
  return true;
}

function showCode(cli: Cli, code: string): void {
  cli.out.say(
    'WhatsApp on the phone: Linked devices, Link a device, Link with phone number instead.',
  );
  cli.out.data(`${code.slice(0, 4)}-${code.slice(4)}`);
}

async function askNumber(cli: Cli, channel: string): Promise<string> {
  if (!cli.mayAsk)
    throw new AtomError('usage', 'The QR code cannot be shown here.', {
      next: [`Use a code to type:   atom channels login ${channel} --phone <number>`],
    });
  const asker = createAsker();
  try {
    const typed = await asker.line('Phone number of the account, with the country’s code: ');
    return typed.replace(/\D/g, '');
  } finally {
    asker.close();
  }
}
