import type { Json } from '../base/json.ts';

/** That something was posted, and under which number. */
export function postedText(value: Json): string {
  const { post } = (value ?? {}) as { readonly post?: Json };
  return typeof post === 'number' ? `Posted as #${post}.` : 'It was posted before.';
}
