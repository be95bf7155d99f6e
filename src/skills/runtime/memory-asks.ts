import { z } from 'zod';
import type { Json } from '../../base/json.ts';
import { MOST_NOTE } from '../../domain/memory.ts';
import { type Asked, type Reader, shaped } from './asked.ts';
import { type Bounds, whyNoMemory } from './bounds.ts';

type Fields = { readonly [key: string]: Json };

const note = z.string().min(1).max(200);
const search = z.strictObject({ words: z.string().max(2000).optional() });
const one = z.strictObject({ note });
const write = z.strictObject({ text: z.string().max(MOST_NOTE), note: note.optional() });

/** What skills may ask of the memory of whoever they work for. */
export const memoryReaders: Readonly<Record<string, Reader>> = {
  'memory.search': (params, bounds) => ({
    ...reads(bounds, shaped(search, params)),
    answer: (value) => notesIn(value).map(({ note: name, text, at }) => ({ note: name, text, at })),
  }),
  'memory.read': (params, bounds) => ({
    ...reads(bounds, shaped(one, params)),
    answer: (value) => notesIn(value)[0]?.text ?? '',
  }),
  'memory.write': (params, bounds) => {
    const resource = shaped(write, params);
    return { ...writes(bounds, resource, [resource.text]), answer: nameIn };
  },
  'memory.forget': (params, bounds) => ({
    ...writes(bounds, shaped(one, params), []),
    answer: () => null,
  }),
};

type WithoutAnswer = Omit<Asked, 'answer'>;

function reads(bounds: Bounds, resource: object): WithoutAnswer {
  const why = whyNoMemory(bounds, 'read');
  return {
    // Whether there is a note of a name is not told to who may not read it.
    action: 'memory.read',
    resource: inSession(bounds, why ? {} : resource),
    kept: [],
    within: () => why,
  };
}

const writes = (bounds: Bounds, resource: object, kept: readonly string[]): WithoutAnswer => ({
  action: 'memory.write',
  resource: inSession(bounds, resource),
  kept,
  within: () => whyNoMemory(bounds, 'write'),
});

/** It concerns whoever the skill was called for, whom no skill chooses. */
const inSession = ({ session }: Bounds, resource: object): Json => ({
  ...resource,
  ...(session === undefined ? {} : { session }),
});

interface Remembered {
  readonly note: string;
  readonly text: string;
  readonly at: number;
}

const notesIn = (value: Json): readonly Remembered[] =>
  (value as Fields).notes as unknown as readonly Remembered[];

const nameIn = (value: Json): Json => (value as Fields).note ?? '';
