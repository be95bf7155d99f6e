import { defineSkill } from 'atom-agent';
import { z } from 'zod';
import { HOST, NAMES_HOST, weather } from './weather.ts';

/** An example of a skill that speaks to two hosts and to nobody else. */
export const skill = defineSkill({
  name: 'weather',
  description: `Say what the weather is at a place, by ${HOST}, which learns which place.`,
  version: '1.0.0',
  examples: ['weather in Oslo', 'what is the weather in Bern'],
  complexity: 2,
  permissions: { net: [HOST, NAMES_HOST] },
  input: z.strictObject({ place: z.string().min(1).max(100) }),
  output: z.strictObject({ text: z.string() }),
  run: async ({ place }, context) => ({ text: await weather(context, place) }),
});
