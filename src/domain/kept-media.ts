import { sizeWords } from '../base/size.ts';
import { quotable } from '../base/visible.ts';
import type { MediaRef } from './event.ts';
import type { MediaKind } from './message.ts';

/** A file that came with a message and was taken in. Its bytes lie outside of every jail. */
export interface KeptMedia {
  readonly id: string;
  readonly event: string;
  /** Which of the files of its message, from 0. */
  readonly place: number;
  /** The session whose message it came with: nobody else may have it. */
  readonly session: string;
  /** SHA-256 of its bytes. */
  readonly digest: string;
  readonly bytes: number;
  readonly kind: MediaKind;
  /** By its bytes, such as `image/jpeg`. */
  readonly type: string;
  /** As the sender called it; proves nothing. */
  readonly name?: string;
  readonly at: number;
  /** Who sent it, where it was not an owner: `channel:account:id`. */
  readonly giver?: string;
}

const MOST_NAME = 80;

/** A file as people are told of it: `“report.pdf”`, `a picture`. */
export const mediaName = ({ kind, name }: Pick<MediaRef, 'kind' | 'name'>): string =>
  name === undefined ? NAMELESS[kind] : `“${quotable(name.slice(0, MOST_NAME).toWellFormed())}”`;

/** `“report.pdf” (application/pdf, 1.2 MB)` */
export const mediaWords = (media: KeptMedia): string =>
  `${mediaName(media)} (${media.type}, ${sizeWords(media.bytes)})`;

const NAMELESS: Readonly<Record<MediaKind, string>> = {
  image: 'a picture',
  audio: 'a recording',
  video: 'a video',
  file: 'a file',
};
