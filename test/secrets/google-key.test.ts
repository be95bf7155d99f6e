import { expect, it } from 'vitest';
import { fromEnv } from '../../src/secrets/names.ts';

it('a key of Google is found under both of its names, the longer one first', () => {
  const [long, short] = [{ GOOGLE_GENERATIVE_AI_API_KEY: 'a' }, { GEMINI_API_KEY: 'b' }];
  expect(fromEnv(long, 'google.key')).toBe('a');
  expect(fromEnv(short, 'google.key')).toBe('b');
  expect(fromEnv({ ...long, ...short }, 'google.key')).toBe('a');
  expect(fromEnv({ ...long, ...short }, 'openai.key')).toBeUndefined();
  expect(fromEnv(long, 'constructor')).toBeUndefined();
});
