import { z } from 'zod';
import type { InboundEvent, MediaRef } from '../../domain/event.ts';

export interface EventDeps {
  newId(): string;
  readonly phoneNumberId: string;
}

const id = z.string().min(1).max(512);
const file = z.object({
  id,
  mime_type: z.string().max(256).optional(),
  filename: z.string().max(1024).optional(),
  caption: z.string().optional(),
});
const chosen = z.object({ id: z.string().max(256) });

/** As much of a message as is read; what Meta adds is not looked at. */
const message = z.object({
  id,
  from: z.string().regex(/^\d{5,20}$/),
  group_id: z.string().optional(),
  timestamp: z.string().regex(/^\d{1,12}$/),
  type: z.string(),
  text: z.object({ body: z.string() }).optional(),
  image: file.optional(),
  sticker: file.optional(),
  audio: file.optional(),
  video: file.optional(),
  document: file.optional(),
  interactive: z
    .object({ button_reply: chosen.optional(), list_reply: chosen.optional() })
    .optional(),
  context: z
    .object({ forwarded: z.boolean().optional(), frequently_forwarded: z.boolean().optional() })
    .optional(),
});

type Message = z.infer<typeof message>;

const value = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: z
    .array(
      z.object({
        wa_id: z.string().optional(),
        profile: z.object({ name: z.string() }).optional(),
      }),
    )
    .optional(),
  messages: z.array(z.unknown()).optional(),
  statuses: z.array(z.unknown()).optional(),
});

type Value = z.infer<typeof value>;

/** What Meta posts. Source: developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components. */
const post = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(
    z.object({ changes: z.array(z.object({ field: z.string(), value: z.unknown() })) }),
  ),
});

/** Whatever concerns this number in what Meta posts; undefined for what Meta would not post. */
export function valuesFor(
  { phoneNumberId }: EventDeps,
  body: unknown,
): readonly Value[] | undefined {
  const parsed = post.safeParse(body);
  if (!parsed.success) return undefined;
  return parsed.data.entry
    .flatMap(({ changes }) => changes)
    .flatMap((change) => (change.field === 'messages' ? [value.safeParse(change.value)] : []))
    .flatMap(({ data }) => (data?.metadata.phone_number_id === phoneNumberId ? [data] : []));
}

/** The events in it, oldest first: reactions, places and what no phone shows have none. */
export const eventsOf = (deps: EventDeps, { messages = [], contacts }: Value): InboundEvent[] =>
  messages.flatMap((one) => {
    const { data } = message.safeParse(one);
    const event = data && data.group_id === undefined && eventOf(deps, data, contacts);
    return event ? [event] : [];
  });

const MAX_TEXT = 65_536;
const MAX_NAME = 128;

function eventOf(
  deps: EventDeps,
  said: Message,
  contacts: Value['contacts'],
): InboundEvent | undefined {
  const { from, context, interactive } = said;
  const pressed = (interactive?.button_reply ?? interactive?.list_reply)?.id;
  const media = mediaOf(said);
  const words = said.text?.body ?? captionOf(said) ?? '';
  if (pressed === undefined && words === '' && media.length === 0) return undefined;
  const name = contacts?.find(({ wa_id: wa }) => wa === from)?.profile?.name;
  const isForwarded = context?.forwarded === true || context?.frequently_forwarded === true;
  return {
    id: deps.newId(),
    externalId: said.id,
    message: said.id,
    from: { channel: 'whatsapp-cloud', account: deps.phoneNumberId, peer: from },
    sender: { id: from, ...(name !== undefined && { name: capped(name, MAX_NAME) }) },
    kind: pressed === undefined ? 'message' : 'button',
    text: capped(pressed ?? words, MAX_TEXT),
    ...(isForwarded && { wordsOf: 'forwarded from somebody' }),
    media,
    isGroup: false,
    mentionsMe: true,
    at: Number(said.timestamp) * 1000,
  };
}

const captionOf = ({ image, video, document }: Message): string | undefined =>
  image?.caption ?? video?.caption ?? document?.caption;

function mediaOf({ image, sticker, audio, video, document }: Message): MediaRef[] {
  const found: readonly [MediaRef['kind'], z.infer<typeof file> | undefined][] = [
    ['image', image ?? sticker],
    ['audio', audio],
    ['video', video],
    ['file', document],
  ];
  return found.flatMap(([kind, one]) =>
    one === undefined
      ? []
      : [
          {
            kind,
            id: one.id,
            ...(one.filename !== undefined && { name: capped(one.filename, 255) }),
            ...(one.mime_type !== undefined && { type: one.mime_type }),
          },
        ],
  );
}

const capped = (text: string, most: number): string => text.slice(0, most).toWellFormed();
