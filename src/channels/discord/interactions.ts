import type {
  APIApplicationCommandInteraction,
  APIInteraction,
  APIMessageComponentInteraction,
  APIModalSubmitInteraction,
} from '@discordjs/core';
import { capped } from '../../base/capped.ts';
import { answerInForm, type FormField } from '../../domain/approval-form.ts';
import type { InboundEvent } from '../../domain/event.ts';
import { wordsOfCommand } from './commands.ts';
import { PICK } from './components.ts';
import { addressOf, type EventDeps, senderOf } from './events.ts';
import { timeOf } from './snowflake.ts';

/** discord.com/developers/docs/interactions/receiving-and-responding. */
export const COMMAND = 2;
export const COMPONENT = 3;
export const SUBMITTED = 5;

const MAX_TEXT = 65_536;

/** The event in a command, a pressed button or a form that was sent; undefined where it is none of them. */
export function interactionEvent(
  { newId }: EventDeps,
  interaction: APIInteraction,
  me: string,
): InboundEvent | undefined {
  const said = saidBy(interaction);
  const user = interaction.member?.user ?? interaction.user;
  const channel = interaction.channel?.id ?? interaction.channel_id;
  if (said === undefined || user === undefined || channel === undefined) return undefined;
  const place = { guild: interaction.guild_id, channel, person: user.id };
  return {
    id: newId(),
    externalId: interaction.id,
    ...said,
    from: addressOf(place, me),
    sender: senderOf(user),
    media: [],
    isGroup: interaction.guild_id !== undefined,
    mentionsMe: true,
    at: timeOf(interaction.id),
  };
}

type Said = Pick<InboundEvent, 'kind' | 'text' | 'message'>;

function saidBy(interaction: APIInteraction): Said | undefined {
  switch (interaction.type as number) {
    case COMMAND:
      return command(interaction as APIApplicationCommandInteraction);
    case COMPONENT:
      return pressed(interaction as APIMessageComponentInteraction);
    case SUBMITTED:
      return submitted(interaction as APIModalSubmitInteraction);
    default:
      return undefined;
  }
}

function command({ data }: APIApplicationCommandInteraction): Said | undefined {
  const text = wordsOfCommand(data);
  return text === undefined ? undefined : { kind: 'message', text: capped(text, MAX_TEXT) };
}

function pressed({ data, message }: APIMessageComponentInteraction): Said | undefined {
  const chosen = data.custom_id === PICK && 'values' in data ? data.values[0] : data.custom_id;
  if (chosen === undefined) return undefined;
  return { kind: 'button', text: capped(chosen, MAX_TEXT), message: message.id };
}

/** An answer to a card, as if it had been typed into the chat. */
function submitted({ data }: APIModalSubmitInteraction): Said | undefined {
  const typed: Partial<Record<FormField['id'], string>> = {};
  for (const row of data.components) {
    const fields = 'components' in row ? row.components : 'component' in row ? [row.component] : [];
    for (const field of fields)
      if ('value' in field && typeof field.value === 'string')
        typed[field.custom_id as FormField['id']] = field.value;
  }
  const text = answerInForm(data.custom_id, typed);
  return text === undefined ? undefined : { kind: 'message', text };
}
