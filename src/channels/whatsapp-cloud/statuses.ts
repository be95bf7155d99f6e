import { z } from 'zod';
import { wordsFor } from './graph-errors.ts';

const one = z.object({
  id: z.string().max(512),
  status: z.enum(['sent', 'delivered', 'read', 'played', 'failed']),
  errors: z
    .array(
      z.object({
        code: z.number().optional(),
        title: z.string().optional(),
        message: z.string().optional(),
        error_data: z.object({ details: z.string().optional() }).optional(),
      }),
    )
    .optional(),
});

/** What became of a message of ours, as Meta tells; `reason` in words where it failed. */
export interface Sent {
  readonly id: string;
  readonly status: z.infer<typeof one>['status'];
  readonly reason: string;
}

export const statusesIn = (statuses: readonly unknown[] = []): readonly Sent[] =>
  statuses.flatMap((status) => {
    const { data } = one.safeParse(status);
    if (data === undefined) return [];
    const { id, errors: [error] = [] } = data;
    return [
      {
        id,
        status: data.status,
        reason: wordsFor((error ?? {}) as Parameters<typeof wordsFor>[0]),
      },
    ];
  });
