import { z } from 'zod';

const request = z.strictObject({
  type: z.literal('req'),
  id: z.string().min(1).max(64),
  method: z.string().min(1).max(64),
  params: z.json().optional(),
  /** The same caller's same method under the same key is done once, however often it is asked for. */
  key: z.string().min(1).max(64).optional(),
});

const failure = z.object({
  code: z.string(),
  message: z.string(),
  next: z.array(z.string()),
  /** Where too much was asked for at once: nothing was done, and after this it may be asked again. */
  retryMs: z.number().int().optional(),
});

const response = z.discriminatedUnion('ok', [
  z.object({ type: z.literal('res'), id: z.string(), ok: z.literal(true), payload: z.json() }),
  z.object({ type: z.literal('res'), id: z.string(), ok: z.literal(false), error: failure }),
]);

const event = z.object({ type: z.literal('event'), seq: z.number().int(), event: z.json() });

export const requestFrame = request;
/** What a client may receive. */
export const serverFrame = z.union([response, event]);

export type RequestFrame = z.infer<typeof request>;
export type ResponseFrame = z.infer<typeof response>;
export type FrameError = z.infer<typeof failure>;
