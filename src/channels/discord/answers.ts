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
  /** Takes note of what has to be answered, or opens a form; false where there is nothing to take in. */
  begin(interaction: APIInteraction): boolean;
  /** What came by it is durable now: only that is a reason to answer that it arrived. */
  taken(event: Pick<InboundEvent, 'externalId' | 'text'>): void;
  /** Tells whoever pressed or typed, and nobody else. */
  note(event: Pick<InboundEvent, 'externalId'>, text: string): Promise<void>;
}

export interface AnswerDeps {
  readonly token: string;
  readonly log: Log;
  access(): Promise<Access>;
  /** After so many ms it is said that something is not stored yet; 2500 unless given. */
  readonly lateMs?: number;
}

/** A token is good for 15 minutes; lost in a restart, which only costs a note. */
interface Open {
  readonly id: string;
  readonly application: string;
  readonly token: string;
  readonly type: number;
  /** True where the answer is nobody else's business. */
  readonly isPrivate: boolean;
  readonly late: NodeJS.Timeout;
  /** The first answer, without which Discord takes no other. */
  first?: Promise<void>;
}

/** More than ever wait for an answer at once. */
const CAP = 1000;
const LATE_MS = 2500;
const LATE = 'That could not be stored yet. It is done as soon as it can.';
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
    clearTimeout(found?.late);
    return found;
  };
  return {
    begin(interaction) {
      const { id, token } = interaction;
      const form = typeOf(interaction) === COMPONENT ? formOf(interaction) : undefined;
      // It decides nothing: what is typed there does.
      if (form)
        void tried(deps, 'form not opened', (api) => api.interactions.createModal(id, token, form));
      if (form || !ANSWERED.includes(typeOf(interaction))) return false;
      const late = setTimeout(() => {
        const found = open.get(id);
        if (found) void tell(deps, found, { text: LATE, isPrivate: true });
      }, deps.lateMs ?? LATE_MS).unref();
      open.set(id, { ...openOf(interaction), late });
      const [oldest] = open.keys();
      if (open.size > CAP && oldest !== undefined) take(oldest);
      return true;
    },
    taken({ externalId, text }) {
      const found = take(externalId);
      if (found === undefined) return;
      const { id, token, type, isPrivate } = found;
      if (type === COMMAND) void tell(deps, found, { text: echoOf(text), isPrivate });
      else if (found.first === undefined)
        void tried(deps, 'interaction not answered', (api) =>
          api.interactions.deferMessageUpdate(id, token),
        );
    },
    async note({ externalId }, text) {
      const found = take(externalId);
      if (found) await tell(deps, found, { text, isPrivate: true });
    },
  };
}

/** Says something to an interaction: as the answer to it, or after it where there was one. */
async function tell(
  deps: AnswerDeps,
  found: Open,
  { text, isPrivate }: { readonly text: string; readonly isPrivate: boolean },
): Promise<void> {
  const content = escaped(capped(text, MOST_ECHO));
  const said = {
    content: content === '' ? '…' : content,
    allowed_mentions: NOBODY,
    ...(isPrivate && { flags: EPHEMERAL as never }),
  };
  const { id, application, token, first } = found;
  await first;
  found.first = tried(deps, 'interaction not answered', (api) =>
    first === undefined
      ? api.interactions.reply(id, token, said)
      : api.interactions.followUp(application, token, said),
  );
  await found.first;
}

const typeOf = ({ type }: APIInteraction): number => type;

const ANSWERED: readonly number[] = [COMMAND, COMPONENT, SUBMITTED];

/** What is said to atom stands in the chat, like a message; the rest is nobody else's business. */
const openOf = (interaction: APIInteraction): Omit<Open, 'late'> => ({
  id: interaction.id,
  application: interaction.application_id,
  token: interaction.token,
  type: typeOf(interaction),
  isPrivate: nameOf(interaction) !== 'atom',
});

const nameOf = ({ data }: APIInteraction): string | undefined =>
  data && 'name' in data ? data.name : undefined;

/** What was asked, without what may be a code. */
const echoOf = (text: string): string =>
  text.startsWith('/') ? (text.split(/\s/, 1)[0] ?? '') : withoutProof(text);

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
  title,
  custom_id,
  components: fields.map(({ id, label, most }) => ({
    type: LABEL,
    label,
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
