import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import { sizeWords } from '../base/size.ts';
import type { Action } from '../domain/action.ts';
import { kindOf } from '../domain/media-type.ts';
import { carriedAs, type DispatchFile, type FileChat } from '../domain/sending-file.ts';
import { redeem } from '../governance/grant.ts';
import { describe } from './describe.ts';
import { copyOut, lookAtFile, type Outgoing, tooLarge } from './outgoing.ts';
import { parseResource } from './parse-resource.ts';
import { type FilesDeps, type Place, placeFor } from './place.ts';

export interface SendDeps extends FilesDeps {
  /** The chat of a session, by its id; undefined where nobody knows it. */
  readonly chat: (session: string) => Promise<FileChat | undefined>;
  readonly dispatch: DispatchFile;
}

const resourceSchema = z.strictObject({
  path: z.string().min(1).max(4096),
  session: z.string(),
  caption: z.string().max(900).exactOptional(),
  jail: z.string().exactOptional(),
});

/** A picture may be written anew to fit, so what it may have itself is what one can decode. */
const MOST_PICTURE = 50_000_000;

const factsSchema = z.object({ digest: z.string(), bytes: z.number(), type: z.string() });

/**
 * The action `file.send`: `{session, path, caption?, jail?}` sends a file of a jail to the chat of the
 * session. Bound to its bytes: what was allowed is what goes, or nothing. Its result is
 * `{message, path, type, bytes}`, of what was queued.
 */
export const createFileSend = (deps: SendDeps): Action => ({
  name: 'file.send',
  async prepare(raw, agent) {
    const wish = parseResource(resourceSchema, raw);
    const place = placeFor(deps, wish, agent);
    const chat = await deps.chat(wish.session);
    if (!chat) throw new AtomError('not-found', 'That conversation is not known here.');
    const found = await lookAtFile(place, mostFor(chat));
    checkWay(chat, place, found);
    const said = describe('read', place, place.path);
    return {
      ...said,
      resource: { ...wish, path: place.path, jail: place.jail.name },
      facts: { jail: said.facts, ...found, to: chat.label },
      leaves: chat.isOwn ? 'nobody' : 'people',
      card: {
        ...said.card,
        kind: 'message',
        words: [`send ${place.path} (${found.type}, ${sizeWords(found.bytes)})`],
        may: [`send this file to ${chat.isOwn ? 'your own chat' : 'the chat'} on ${chat.label}`],
        undo: 'what was sent cannot be taken back',
        detail: detailOf(found, wish.caption),
      },
    };
  },
  async execute(grant, signal) {
    const { request, prepared, stillMine } = redeem(grant);
    const wish = parseResource(resourceSchema, prepared.resource);
    const facts = factsSchema.parse(prepared.facts);
    const place = placeFor(deps, wish, undefined);
    const sent = await deps.dispatch(
      {
        session: wish.session,
        run: request.id,
        caption: wish.caption,
        stillMine,
        name: place.parts.at(-1) ?? '',
        type: facts.type,
        bytes: facts.bytes,
        kind: kindOf(facts.type),
        copyTo: async (path) => {
          const { digest } = await copyOut(place, path, facts.bytes).catch(isAnother(place));
          if (digest !== facts.digest) throw changedSince(place);
        },
      },
      signal,
    );
    return { ...sent, path: place.path };
  },
});

/** The largest file that could be anything this chat takes. */
const mostFor = ({ media }: FileChat): number =>
  Math.max(MOST_PICTURE, ...Object.values(media).filter((most) => most !== undefined));

/** Throws AtomError `blocked` where the chat takes no such file, or not so large a one. */
function checkWay({ media, label }: FileChat, place: Place, { type, bytes }: Outgoing): void {
  const kind = kindOf(type);
  const way = carriedAs(media, kind);
  if (!way)
    throw new AtomError('blocked', `${label} takes no ${NAMES[kind]} from here.`, {
      next: ['Say in words what is in it, or where it lies.'],
    });
  if (kind !== 'image' && bytes > way.most) throw tooLarge(place.path, way.most);
}

const NAMES = { image: 'pictures', audio: 'recordings', video: 'videos', file: 'files' } as const;

function detailOf({ type, digest }: Outgoing, caption: string | undefined): string {
  const how =
    kindOf(type) === 'image'
      ? 'as a new picture of the same points, without place, camera or comments'
      : 'as it is, with whatever is in it';
  return [
    ...(caption === undefined ? [] : [`with the words: ${caption}`]),
    `${how}; SHA-256 ${digest}`,
  ].join('\n');
}

/** One that grew, or became a link or a folder, is another one by now. */
const isAnother =
  (place: Place) =>
  (error: unknown): never => {
    throw error instanceof AtomError && error.code === 'blocked' ? changedSince(place) : error;
  };

const changedSince = ({ path }: Place): AtomError =>
  new AtomError('blocked', `${path} changed since this was decided.`, { next: ['Ask again.'] });
