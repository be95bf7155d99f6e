import { hintFor } from '../base/hint.ts';
import { shortCode } from '../base/ids.ts';
import type { ChannelFacts } from '../domain/channel.ts';
import type { OutboundMessage } from '../domain/message.ts';
import { splitText } from './split.ts';

const CODE_LENGTH = 5;

interface Words extends Partial<Pick<OutboundMessage, 'approval' | 'secret' | 'buttons'>> {
  readonly text: string;
}

/**
 * A text that costs too much on its channel, cut, and the code by which the owner reads it whole elsewhere;
 * undefined where it goes out as it is. What somebody decides by, or has to copy, is never cut.
 */
export function shortened(
  { room, profile = 'default' }: Pick<ChannelFacts, 'room' | 'profile'>,
  { text, approval, secret, buttons = [] }: Words,
): { readonly text: string; readonly rest: NonNullable<OutboundMessage['rest']> } | undefined {
  const isKeptWhole = approval !== undefined || secret === true || buttons.length > 0;
  if (room === undefined || isKeptWhole || room(text) >= text.length) return undefined;
  const code = shortCode(CODE_LENGTH);
  // Of plain letters alone: one sign more than those can make the whole dearer.
  const end = hintFor(profile, `... whole: atom outbox show ${code}`);
  // Where a plain text ends in segments of another kind, its room is that of the whole.
  const [start = ''] = splitText(text, room(text + end) - end.length);
  return { text: start + end, rest: { code, text } };
}
