import type { API, APIInteraction, APIModalInteractionResponseCallbackData } from '@discordjs/core';
import { capped } from '../../base/capped.ts';
import type { Log } from '../../base/log.ts';
import { type ApprovalForm, formIn } from '../../domain/approval-form.ts';
import type { InboundEvent } from '../../domain/event.ts';
import { withoutProof } from '../../domain/typed-answer.ts';
import type { Access } from './api.ts';
import { troubleOf } from './errors.ts';
import { escaped } from './escape.ts';
import { COMMAND, COMPONENT, SUBMITTED } from './interactions.ts';

/** Discord shows an interaction as failed that is not answered within three seconds. */
export interface Answers {
  /** Answers at once that it arrived; false where that was all, and there is nothing to take in. */
  begin(interaction: APIInteraction): boolean;
  /** What came by it is durable now: its command shows what was asked. */
  taken(event: InboundEvent): void;
  /** Tells whoever pressed or typed, and nobody else. */
  note(event: Pick<InboundEvent, 'externalId'>, text: string): Promise<void>;
}

export interface AnswerDeps {
  readonly token: string;
  readonly log: Log;
  access(): Promise<Access>;
}

/** A token is good for 15 minutes; lost in a restart, which only costs a note. */
interface Open {
  readonly application: string;
  readonly token: string;
  readonly isCommand: boolean;
  /** The first answer, without which Discord takes no other. */
  readonly begun: Promise<void>;
}

/** More than ever wait for an answer at once. */
const CAP = 1000;
const EPHEMERAL = 64;
/** Half of what fits, for its signs may double it. */
const MOST_ECHO = 900;
const NOBODY = { parse: [] };

/** The answers that Discord wants for a command, a press and a form. Best effort: what they lead to is not. */
export function createAnswers(deps: AnswerDeps): Answers {
  const open = new Map<string, Open>();
  const take = (id: string): Open | undefined => {
    const found = open.get(id);
    open.delete(id);
    return found;
  };
  return {
    begin(interaction) {
      const { id, application_id: application, token } = interaction;
      const first = firstAnswer(interaction);
      if (first === undefined) return false;
      const begun = tried(deps, 'interaction not answered', (api) => first(api, id, token));
      if (opensForm(interaction)) return false;
      open.set(id, { application, token, begun, isCommand: typeOf(interaction) === COMMAND });
      const [oldest] = open.keys();
      if (open.size > CAP && oldest !== undefined) open.delete(oldest);
      return true;
    },
    taken({ externalId, text }) {
      if (open.get(externalId)?.isCommand !== true) return;
      const content = escaped(capped(echoOf(text), MOST_ECHO));
      void follow(deps, take(externalId), (api, { application, token }) =>
        api.interactions.editReply(application, token, {
          ...{ content: content === '' ? '…' : content, allowed_mentions: NOBODY },
        }),
      );
    },
    note: ({ externalId }, text) =>
      follow(deps, take(externalId), (api, { application, token }) =>
        api.interactions.followUp(application, token, {
          ...{ content: escaped(capped(text, MOST_ECHO)), allowed_mentions: NOBODY },
          flags: EPHEMERAL,
        }),
      ),
  };
}

async function follow(
  deps: AnswerDeps,
  found: Open | undefined,
  call: (api: API, open: Open) => Promise<unknown>,
): Promise<void> {
  if (found === undefined) return;
  await found.begun;
  await tried(deps, 'interaction not followed up', (api) => call(api, found));
}

const typeOf = ({ type }: APIInteraction): number => type;

const opensForm = (interaction: APIInteraction): boolean =>
  typeOf(interaction) === COMPONENT && formOf(interaction) !== undefined;

/** What was asked, without what may be a code. */
const echoOf = (text: string): string =>
  text.startsWith('/') ? (text.split(/\s/, 1)[0] ?? '') : withoutProof(text);

type First = (api: API, id: string, token: string) => Promise<unknown>;

function firstAnswer(interaction: APIInteraction): First | undefined {
  switch (typeOf(interaction)) {
    case COMMAND: {
      const said =
        'name' in (interaction.data ?? {}) ? (interaction.data as { name: string }) : undefined;
      // What is said to atom stands in the chat, like a message; the rest is nobody else's business.
      const flags = said?.name === 'atom' ? {} : { flags: EPHEMERAL as never };
      return (api, id, token) => api.interactions.defer(id, token, flags);
    }
    case COMPONENT: {
      const form = formOf(interaction);
      if (form === undefined)
        return (api, id, token) => api.interactions.deferMessageUpdate(id, token);
      return (api, id, token) => api.interactions.createModal(id, token, form);
    }
    case SUBMITTED:
      return (api, id, token) => api.interactions.deferMessageUpdate(id, token);
    default:
      return undefined;
  }
}

function formOf({ data }: APIInteraction): APIModalInteractionResponseCallbackData | undefined {
  if (data === undefined || !('custom_id' in data)) return undefined;
  const form = formIn(data.custom_id);
  return form && modalOf(form, data.custom_id);
}

const TEXT_INPUT = 4;
const LABEL = 18;
const SHORT = 1;

const modalOf = (
  { title, fields }: ApprovalForm,
  custom_id: string,
): APIModalInteractionResponseCallbackData => ({
  ...{ title, custom_id },
  components: fields.map(({ id, label, most }) => ({
    ...{ type: LABEL, label },
    component: { type: TEXT_INPUT, style: SHORT, custom_id: id, required: true, max_length: most },
  })),
});

async function tried(
  { access, log, token }: AnswerDeps,
  what: string,
  call: (api: API) => Promise<unknown>,
): Promise<void> {
  try {
    await call((await access()).api);
  } catch (thrown) {
    log.debug(what, { reason: troubleOf(thrown, token).words });
  }
}
