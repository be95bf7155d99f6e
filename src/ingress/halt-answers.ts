import { type InboundEvent, speakerOf } from '../domain/event.ts';
import type { AnswerDeps } from './answers.ts';
import type { HaltControl } from './control.ts';

/** Anybody whom we hear may stop everything from anywhere; letting it go on is not for a group to see. */
export async function answerHalt(
  { halt }: Pick<AnswerDeps, 'halt'>,
  event: InboundEvent,
  control: HaltControl,
): Promise<string> {
  const by = speakerOf(event);
  if (control.kind === 'panic') return halt.panic(by);
  if (event.isGroup) return 'Do that in our direct chat, not in a group.';
  return control.kind === 'resume' ? halt.resume(by, control.proof) : halt.status();
}
