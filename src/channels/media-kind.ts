import type { MediaKind } from '../domain/message.ts';

/** What a media type, such as `image/jpeg`, is shown as. */
export function kindOfType(type = ''): MediaKind {
  const [family] = type.split('/', 1);
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'file';
}
