import type { Scope } from '../../domain/caller.ts';
import type { Answers } from '../../protocol/answers.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { drawOnceItFits, drawQr } from '../out/qr.ts';
import { decideHere } from './decide.ts';
import { readIdToken } from './id-token.ts';
import { writePicture } from './picture.ts';
import { watchRequests } from './requests.ts';

export interface PairWish {
  readonly scopes: readonly Exclude<Scope, 'admin'>[] | undefined;
  readonly seconds: number | undefined;
  readonly url: string | undefined;
  /** A file to write the QR code to. */
  readonly png: string | undefined;
  /** A large picture, for terminals that put space between lines. */
  readonly full: boolean;
  /** A file with an ID token of the user whose device will bring the code. */
  readonly idTokenFile: string | undefined;
}

type Armed = Answers['devices.pair'];

/**
 * Shows a setup code, and asks a person to compare digits with the device that brings it. Where nobody can
 * be asked, and under --json, it shows the code and leaves the rest to `atom approvals`. Throws AtomError
 * `declined` where nobody brought it in time, or who did was refused.
 */
export const pairDevice = (cli: Cli, wish: PairWish): Promise<void> =>
  withGateway(cli, true, async (gateway) => {
    const requests = watchRequests(gateway);
    const idToken = wish.idTokenFile === undefined ? {} : await readIdToken(wish.idTokenFile);
    const armed = await gateway.request('devices.pair', { ...paramsOf(wish), ...idToken });
    if (wish.png !== undefined) await writePicture(wish.png, armed.setupCode);
    if (cli.out.json) return cli.out.object({ ...armed });
    const isDrawn = await show(cli, armed, wish);
    if (!cli.mayAsk) {
      cli.out.hint('Once a device brings it, compare its digits:   atom devices list');
      return;
    }
    const stopDrawing =
      isDrawn || armed.warning !== undefined
        ? () => undefined
        : drawOnceItFits(cli, armed.setupCode, { full: wish.full });
    try {
      await decideHere(cli, gateway, { requests, armed });
    } finally {
      stopDrawing();
    }
  });

const paramsOf = ({ scopes, seconds, url }: PairWish) => ({
  ...(scopes === undefined ? {} : { scopes: [...scopes] }),
  ...(seconds === undefined ? {} : { seconds }),
  ...(url === undefined ? {} : { url }),
});

async function show(cli: Cli, armed: Armed, { full, png }: PairWish): Promise<boolean> {
  const { out } = cli;
  const whose = armed.user === undefined ? '' : ` as ${armed.user}’s`;
  out.say(
    `A device that brings this code may, once you say yes${whose}: ${armed.scopes.join(' ')}.`,
  );
  if (armed.warning !== undefined) out.warn(`No QR code: ${armed.warning}.`);
  const isDrawn =
    armed.warning === undefined &&
    (await drawQr(cli, armed.setupCode, { full, instead: 'the code' }));
  out.say(isDrawn ? 'Scan it, or paste the code:' : 'Paste the code into the device:');
  out.data(armed.setupCode);
  if (png !== undefined) out.say(`The QR code is in ${png}; remove it afterwards.`);
  return isDrawn;
}
