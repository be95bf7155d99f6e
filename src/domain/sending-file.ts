import type { ChannelFacts } from './channel.ts';
import type { Fence } from './fence.ts';
import type { MediaKind } from './message.ts';

/** The chat of a session, as far as files are sent to it. */
export interface FileChat {
  /** What its channel is called: `Telegram`. */
  readonly label: string;
  readonly media: ChannelFacts['media'];
  /** True where an owner reads alone. */
  readonly isOwn: boolean;
}

/** A file that was allowed to go to the chat of a session. */
export interface SendingFile {
  readonly session: string;
  /** The run that sends it: it is sent once, however often that is tried. */
  readonly run: string;
  /** As the other side is to call it. */
  readonly name: string;
  readonly type: string;
  readonly kind: MediaKind;
  readonly bytes: number;
  readonly caption: string | undefined;
  readonly stillMine: Fence | undefined;
  /** Puts a copy of it at a path, exactly as it was allowed; throws AtomError where it is another by now. */
  copyTo(path: string): Promise<void>;
}

/** Queues a file; `type` and `bytes` are of what goes out. */
export type DispatchFile = (
  file: SendingFile,
  signal: AbortSignal,
) => Promise<{ readonly message: string; readonly type: string; readonly bytes: number }>;

/**
 * As what a channel can carry a kind, and how many bytes of it; undefined where it can not. What it has
 * no place for of its own goes as a document.
 */
export function carriedAs(
  media: ChannelFacts['media'],
  kind: MediaKind,
): { readonly kind: MediaKind; readonly most: number } | undefined {
  const [own, file] = [media[kind], media.file];
  if (own !== undefined) return { kind, most: own };
  return file === undefined ? undefined : { kind: 'file', most: file };
}
