import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { Button, OutboundMedia } from '../../domain/message.ts';
import { namedBy } from '../../governance/approvals/callback.ts';
import { wordsOf } from '../whatsapp-words/words.ts';
import { callGraph, type GraphAccess } from './graph.ts';
import { interactiveOf, MOST_BODY } from './interactive.ts';
import { putUp } from './media.ts';

type Content = Readonly<Record<string, unknown>>;

/** Sends one message. Returns Meta's id of it; throws SendError. */
export async function sendMessage(
  access: GraphAccess,
  message: SendRequest,
  signal: AbortSignal,
): Promise<string> {
  const { to, edits, quotes } = message;
  if (edits !== undefined) throw refused('what was sent over the Cloud API cannot be changed');
  if (!/^[1-9]\d{6,14}$/.test(to.peer)) throw refused(`${to.peer} is not a phone number`);
  const content = message.media
    ? await mediaContent(access, message.media, { message, signal })
    : textContent(message);
  const body = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: to.peer,
    ...content,
    ...(quotes !== undefined && { context: { message_id: quotes } }),
  };
  const wish = { path: `/${access.phoneNumberId}/messages`, body };
  const { messages } = await callGraph(access, wish, signal);
  const [first] = Array.isArray(messages) ? (messages as readonly { id?: unknown }[]) : [];
  if (typeof first?.id === 'string') return first.id;
  throw new SendError({ kind: 'unknown', reason: 'Meta took it without saying as what' });
}

function textContent(message: SendRequest): Content {
  const text = wordsOf(message);
  const flat = message.buttons.flat();
  const interactive = flat.length === 0 ? undefined : interactiveOf(text, flat);
  if (interactive) return { type: 'interactive', interactive };
  const body = [text, ...typed(flat)].join('\n');
  return { type: 'text', text: { body, preview_url: false } };
}

/** What to type where buttons cannot be shown: `ok k7p2`. */
const typed = (buttons: readonly Button[]): readonly string[] =>
  buttons.flatMap(({ data }) => {
    const { verb, code } = namedBy(data) ?? {};
    if (verb === 'yes') return [`Yes: reply ok ${code}`];
    return verb === 'no' ? [`No: reply no ${code}`] : [];
  });

async function mediaContent(
  access: GraphAccess,
  media: OutboundMedia,
  { message, signal }: { readonly message: SendRequest; readonly signal: AbortSignal },
): Promise<Content> {
  const text = message.text === '' ? '' : wordsOf(message);
  if (text.length > MOST_BODY) throw refused('the text is too long to stand below a file');
  const id = await putUp(access, media, signal);
  const words = text === '' ? {} : { caption: text };
  if (media.kind === 'image') return { type: 'image', image: { id, ...words } };
  if (media.kind === 'video') return { type: 'video', video: { id, ...words } };
  // What is heard has no place for words.
  if (media.kind === 'audio' && text === '') return { type: 'audio', audio: { id } };
  return { type: 'document', document: { id, filename: media.name ?? media.kind, ...words } };
}

const refused = (reason: string): SendError => new SendError({ kind: 'refused', reason });
