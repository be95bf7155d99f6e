import { qrLines } from '../../base/qr.ts';
import { visible } from '../../base/visible.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Size } from '../screen/layout.ts';
import { type Row, row } from '../text/spans.ts';
import { errorRows } from './messages.ts';

/** Rows around the picture: the words under it, the composer and the status row. */
const WORDS_ROWS = 8;

/** The channel of `/pair telegram`, empty where it names none; undefined for every other text. */
export function pairWish(text: string): string | undefined {
  const [command, channel = '', ...more] = text.trim().split(/\s+/);
  return command === '/pair' && more.length === 0 ? channel : undefined;
}

/**
 * Makes a link that pairs the owner's own account; resolves to the rows that show it, or say why there is
 * none. `size`: of a screen that may show a picture of it.
 */
export async function pairRows(
  gateway: Gateway,
  channel: string,
  size?: Size,
): Promise<readonly Row[]> {
  if (channel === '') return [row('Say on which channel:   /pair telegram', 'caution')];
  try {
    const { pairing, identity, link, command, typed } = await gateway.request('pair.begin', {
      channel,
      role: 'owner',
    });
    const picture = size ? await pictureRows(link, size) : [];
    const minutes = Math.ceil(pairing.leftMs / 60_000);
    // Where the link only opens the chat, any device that has the account will do.
    const open = typed ? 'Open the chat' : 'On your phone, open';
    return [
      ...picture,
      row(`${picture.length > 0 ? 'Scan it with your phone’s camera, or open' : open}:`),
      row(visible(link), 'strong'),
      row(`It works once, for ${minutes} minutes. Then you are asked here.`),
      row(`${typed ? 'Then send' : 'No camera? Send'} ${visible(identity)}:   ${visible(command)}`),
    ];
  } catch (thrown) {
    return errorRows(gateway, thrown);
  }
}

/** Nothing where it does not fit: a picture that is cut cannot be scanned. */
async function pictureRows(link: string, { columns, rows }: Size): Promise<readonly Row[]> {
  const lines = await qrLines(link, false);
  const fits = (lines[0]?.length ?? 0) <= columns && lines.length + WORDS_ROWS <= rows;
  return fits ? lines.map((line) => row(line, 'picture')) : [];
}
