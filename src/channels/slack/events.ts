import { capped } from '../../base/capped.ts';
import type { Clock } from '../../base/clock.ts';
import type { InboundEvent, MediaRef } from '../../domain/event.ts';
import { kindOf } from '../../domain/media-type.ts';
import { type Answer, isRecord } from './api.ts';
import { authorOf, teamsOf } from './author.ts';
import type { Me } from './me.ts';
import { addressOf, isChannel, isDirect, isMoment, placedId } from './place.ts';
import { readWords } from './words.ts';

export interface EventDeps {
  readonly clock: Clock;
  newId(): string;
}

const MAX_TEXT = 40_000;
const MAX_NAME = 128;
/** Kinds of messages that a person wrote; the others tell of joins, topics and the like. */
const WRITTEN: readonly unknown[] = [undefined, 'file_share', 'thread_broadcast', 'me_message'];

/**
 * The event in an `event_callback`: what was written to us alone, what mentions us, and what is written in
 * threads of channels, where `isOurs` says whether we are part of them. Undefined for everything else.
 */
export function messageOf(deps: EventDeps, event: Answer, me: Me): InboundEvent | undefined {
  if (event.type !== 'message' && event.type !== 'app_mention') return undefined;
  if (event.subtype === 'message_changed') return changed(deps, event, me);
  return WRITTEN.includes(event.subtype) ? written(deps, event, me, 'message') : undefined;
}

function changed(deps: EventDeps, event: Answer, me: Me): InboundEvent | undefined {
  const { message, channel } = event;
  // Slack also changes messages itself, to show what a link leads to.
  if (!isRecord(message) || !isRecord(message.edited)) return undefined;
  const { is_ext_shared_channel } = event;
  const now = { ...message, channel, type: 'message', is_ext_shared_channel };
  const edited = written(deps, now, me, 'edit');
  return edited && { ...edited, externalId: `${edited.externalId}/${textOf(message.edited.ts)}` };
}

function written(
  deps: EventDeps,
  event: Answer,
  me: Me,
  kind: 'message' | 'edit',
): InboundEvent | undefined {
  const { channel, ts } = textsOf({ channel: event.channel, ts: event.ts });
  const user = authorOf(textOf(event.user), teamsOf(event), me);
  if (!isPlace(channel) || !isMoment(ts) || user === undefined) return undefined;
  // What programs write, we among them, is nobody's word.
  if (event.bot_id !== undefined || user === me.user) return undefined;
  const thread = textOf(event.thread_ts);
  const raw = textOf(event.text);
  const text = capped(readWords(raw, me.user), MAX_TEXT);
  const media = mediaOf(event.files);
  if (text === '' && media.length === 0) return undefined;
  const isGroup = isChannel(channel);
  return {
    id: deps.newId(),
    // `message` and `app_mention` tell of the same message.
    externalId: placedId({ channel, ts }),
    message: placedId({ channel, ts }),
    from: addressOf(
      { channel, ts },
      { user, account: me.user, ...(isMoment(thread) && { thread }) },
    ),
    sender: { id: user },
    kind,
    text,
    media,
    isGroup,
    mentionsMe: !isGroup || event.type === 'app_mention' || raw.includes(`<@${me.user}>`),
    at: Math.round(Number(ts) * 1000),
  };
}

/** The event of a pressed button; undefined where it carries nothing. */
export function pressOf(deps: EventDeps, payload: Answer, me: Me): InboundEvent | undefined {
  const [action] = listOf(payload.actions);
  const { user, container } = payload;
  if (!isRecord(action) || !isRecord(user) || !isRecord(container)) return undefined;
  const { channel, ts } = textsOf({ channel: container.channel_id, ts: container.message_ts });
  const { value, at: pressedAt } = textsOf({ value: action.value, at: action.action_ts });
  const who = authorOf(textOf(user.id), [user.team_id], me);
  if (!isPlace(channel) || !isMoment(ts) || who === undefined || value === '') return undefined;
  const thread = textOf(container.thread_ts);
  return {
    id: deps.newId(),
    externalId: `${placedId({ channel, ts })}/${who}/${pressedAt}`,
    message: placedId({ channel, ts }),
    from: addressOf({ channel, ts }, { user: who, account: me.user, ...(thread && { thread }) }),
    sender: { ...claimOf(user), id: who },
    kind: 'button',
    text: capped(value, MAX_TEXT),
    media: [],
    isGroup: isChannel(channel),
    mentionsMe: true,
    at: deps.clock.now(),
  };
}

/** Slack keeps what begins with a slash to itself, so that our own commands follow its one. */
const COMMAND =
  /^(?:(?:stop|new|status|help)$|panic\b|(?:undo|agents?|resume|pair|link)(?:\s+\S+){0,3}$)/i;

/** The event of a slash command: what follows `/atom`, with its slash where it is a command of ours. */
export function commandOf(
  deps: EventDeps,
  form: URLSearchParams,
  me: Me,
): InboundEvent | undefined {
  const { channel, trigger } = textsOf({
    channel: form.get('channel_id'),
    trigger: form.get('trigger_id'),
  });
  const user = authorOf(form.get('user_id') ?? '', [form.get('team_id')], me);
  const said = capped((form.get('text') ?? '').trim(), MAX_TEXT);
  if (!isPlace(channel) || user === undefined || trigger === '' || said === '') return undefined;
  const isGroup = isChannel(channel);
  return {
    id: deps.newId(),
    externalId: `command/${trigger}`,
    from: { channel: 'slack', account: me.user, peer: isGroup ? channel : user },
    sender: { id: user, name: capped(form.get('user_name') ?? user, MAX_NAME) },
    kind: 'message',
    text: COMMAND.test(said) ? `/${said}` : said,
    media: [],
    isGroup,
    mentionsMe: true,
    at: deps.clock.now(),
  };
}

/** The event of a form that was sent off: the typed answer stands in the chat of whoever typed it. */
export function typedOf(
  deps: EventDeps,
  { user, id, text }: { readonly user: Answer; readonly id: string; readonly text: string },
  me: Me,
): InboundEvent | undefined {
  const who = authorOf(textOf(user.id), [user.team_id], me);
  if (who === undefined) return undefined;
  return {
    id: deps.newId(),
    externalId: `form/${id}`,
    from: { channel: 'slack', account: me.user, peer: who },
    sender: { ...claimOf(user), id: who },
    kind: 'message',
    text,
    media: [],
    isGroup: false,
    mentionsMe: true,
    at: deps.clock.now(),
  };
}

const claimOf = (user: Answer): Pick<InboundEvent['sender'], 'name'> => {
  const name = textOf(user.username ?? user.name);
  return name === '' ? {} : { name: capped(name, MAX_NAME) };
};

function mediaOf(files: unknown): readonly MediaRef[] {
  return listOf(files).flatMap((file) => {
    if (!isRecord(file)) return [];
    const { url, name, type } = textsOf({
      url: file.url_private,
      name: file.name,
      type: file.mimetype,
    });
    if (!url) return [];
    return [
      {
        kind: kindOf(type),
        id: url,
        ...(name && { name: capped(name, 255) }),
        ...(type && { type }),
        ...(typeof file.size === 'number' && { bytes: file.size }),
      },
    ];
  });
}

const isPlace = (id: string): boolean => isChannel(id) || isDirect(id);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Each as a text; what is none is an empty one. */
const textsOf = <Name extends string>(
  values: Readonly<Record<Name, unknown>>,
): Readonly<Record<Name, string>> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, textOf(value)]),
  ) as Record<Name, string>;
