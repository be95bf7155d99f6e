import { asAtomError } from '../base/errors.ts';
import type { Control } from './control.ts';
import type { Place, TalkDoor } from './talk-door.ts';

/** What is about the conversations of one chat. */
export type TalkControl = Extract<
  Control,
  { readonly kind: 'help' | 'sessions' | 'model' | 'pin' | 'unpin' | 'misused' }
>;

/** Does it, and tells what came of it. */
export async function answerTalk(
  talks: TalkDoor,
  control: TalkControl,
  place: Place,
): Promise<string> {
  try {
    return await done(talks, control, place);
  } catch (error) {
    const { message, next } = asAtomError(error);
    return [message, ...next].join('\n');
  }
}

function done(talks: TalkDoor, control: TalkControl, place: Place): Promise<string> | string {
  switch (control.kind) {
    case 'help':
      return talks.help(place);
    case 'sessions':
      return control.number === undefined ? talks.list(place) : talks.goBack(place, control.number);
    case 'model':
      return talks.model(place, control.model);
    case 'pin':
      return talks.pin(place, control.text);
    case 'unpin':
      return talks.unpin(place, control.number);
    case 'misused':
      return control.words;
  }
}
