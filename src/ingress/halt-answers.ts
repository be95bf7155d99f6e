import { speakerOf } from '../domain/event.ts';
import type { HaltControl } from './control.ts';
import type { IngressDeps } from './ingress-deps.ts';
import type { Place } from './talk-door.ts';

/** An owner stops everything from anywhere, others what is theirs; letting it go on is not for a group to see. */
export async function answerHalt(
  { halt, talks }: Pick<IngressDeps, 'halt' | 'talks'>,
  control: HaltControl,
  place: Place,
): Promise<string> {
  const { event, role } = place;
  const by = speakerOf(event);
  if (control.kind === 'panic') return role === 'owner' ? halt.panic(by) : halt.stopTheirs(place);
  if (event.isGroup) return 'Do that in our direct chat, not in a group.';
  if (control.kind === 'resume') return halt.resume(by, control.proof);
  // Which models there are is the owner's to know.
  const here = role === 'owner' ? [await talks.status(place)] : [];
  return [await halt.status(), ...here].join('\n');
}
