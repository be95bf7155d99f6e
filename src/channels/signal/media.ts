import type { MediaRef } from '../../domain/event.ts';
import { kindOf } from '../../domain/media-type.ts';
import type { Content } from './envelope.ts';

const MAX_NAME = 255;
const MAX_TYPE = 128;
const MOST_FILES = 32;
/** What signal-cli calls a file: never a path. */
const FILE_ID = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}$/;

/** What is attached to a message of a chat; the bytes stay with signal-cli until asked for. */
export const mediaOf = (
  attachments: NonNullable<Content['attachments']>,
  peer: string,
): readonly MediaRef[] =>
  attachments.slice(0, MOST_FILES).flatMap(({ id, contentType, filename, size }) =>
    id && FILE_ID.test(id)
      ? [
          {
            kind: kindOf(contentType ?? ''),
            id: `${id} ${peer}`,
            ...(filename ? { name: filename.slice(0, MAX_NAME).toWellFormed() } : {}),
            ...(contentType ? { type: contentType.slice(0, MAX_TYPE).toWellFormed() } : {}),
            ...(typeof size === 'number' ? { bytes: size } : {}),
          },
        ]
      : [],
  );

/** The file and the chat that it came in: signal-cli asks for both. */
export function fileIn({ id }: MediaRef): { readonly file: string; readonly peer: string } {
  const [file = '', peer = ''] = id.split(' ');
  return { file, peer };
}
