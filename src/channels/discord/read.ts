import type { APIInteraction } from '@discordjs/core';
import type { InboundEvent } from '../../domain/event.ts';
import type { Answers } from './answers.ts';
import type { Identity } from './api.ts';
import { type EventDeps, eventOf, type Written } from './events.ts';
import { interactionEvent, SUBMITTED } from './interactions.ts';
import type { Payload } from './line.ts';

const NOT_THE_CODE = 'That is not what the card asks for. Nothing was approved.';
const NOT_OURS = 'That is nothing I know. Nothing was done.';

/** The event in what the gateway says. What is none, of a command, a press or a form, is answered here. */
export function readPayload(
  deps: EventDeps & { readonly answers: Answers },
  { t, d }: Payload,
  { user: { id: me } }: Identity,
): InboundEvent | undefined {
  if (t === 'MESSAGE_CREATE') return eventOf(deps, d as Written, me);
  // One that nobody edited only has a preview now.
  if (t === 'MESSAGE_UPDATE')
    return (d as Written).edited_timestamp ? eventOf(deps, d as Written, me) : undefined;
  if (t !== 'INTERACTION_CREATE') return undefined;
  const interaction = d as APIInteraction;
  if (!deps.answers.begin(interaction)) return undefined;
  const event = interactionEvent(deps, interaction, me);
  const isForm = (interaction.type as number) === SUBMITTED;
  if (event === undefined)
    void deps.answers.note({ externalId: interaction.id }, isForm ? NOT_THE_CODE : NOT_OURS);
  return event;
}
