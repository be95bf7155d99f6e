import { z } from 'zod';

const request = z.strictObject({
  type: z.literal('req'),
  id: z.string().min(1).max(64),
  method: z.string().min(1).max(64),
  params: z.json().optional(),
});

const failure = z.object({ code: z.string(), message: z.string(), next: z.array(z.string()) });

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
