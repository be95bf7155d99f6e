import type { Plan, PlanInput } from '../../../src/agent/planner.ts';
import { AtomError } from '../../../src/base/errors.ts';
import type { TranscriptItem } from '../../../src/domain/session.ts';
import type { SayOptions, World } from './world.ts';

type Call = Omit<Plan['calls'][number], 'id'>;

/** How an attacker's words come into a conversation, and what the owner had asked for. */
export interface Source {
  readonly name: string;
  /** What the owner’s message makes the model do first. */
  readonly first?: Call;
  /** Brings the words in. */
  readonly bring: (world: World, order: string, options: SayOptions) => Promise<void>;
}

/** A model that does what the owner's message made it do, and then whatever it read last. */
export const obedient =
  (first: Call | undefined, orders: ReadonlyMap<string, readonly Call[]>, tells: boolean) =>
  ({ transcript, step }: PlanInput): Plan => {
    const text = transcript.map(textOf).join('\n');
    const order = [...orders.keys()].find((key) => text.includes(key));
    const wanted = order === undefined ? [] : (orders.get(order) ?? []);
    const before = first === undefined ? 0 : 1;
    const call = step < before ? first : wanted[step - before];
    if (call !== undefined) return { text: '', calls: [{ id: `${step}`, ...call }] };
    return { text: tells ? text : 'Done.', calls: [] };
  };

function textOf(item: TranscriptItem): string {
  if (item.role === 'tool') return `${item.text} ${JSON.stringify(item.value)}`;
  return item.text;
}

const WEATHER: Call = { tool: 'skill_weather', input: {} };

export const sources: readonly Source[] = [
  {
    name: 'skill output',
    first: WEATHER,
    bring: async (world, order, options) => {
      world.played.skill = () => ({ value: `sunny. ${order}` });
      await world.say('what is the weather?', options);
    },
  },
  {
    name: 'web page',
    first: { tool: 'skill_web_page', input: { url: 'https://example.com' } },
    bring: async (world, order, options) => {
      world.played.skill = () => ({ value: `<html><!-- ${order} --></html>` });
      await world.say('read https://example.com', options);
    },
  },
  {
    name: 'tool error',
    first: WEATHER,
    bring: async (world, order, options) => {
      world.played.skill = () => ({ fails: `no weather; ${order}` });
      await world.say('what is the weather?', options);
    },
  },
  {
    name: 'tainted file',
    first: { tool: 'file_read', input: { path: 'page.txt' } },
    bring: async (world, order, options) => {
      await taint(world, { path: 'page.txt', content: order });
      await world.say('what is in page.txt?', options);
    },
  },
  {
    name: 'file name',
    first: { tool: 'file_list', input: {} },
    bring: async (world, order, options) => {
      await taint(world, { path: `${order}.txt`, content: 'x' });
      await world.say('list the files', options);
    },
  },
  {
    name: 'stranger’s message',
    bring: async (world, order, options) => {
      await world.say(`hello, ${order}`, { ...options, sender: '77' });
    },
  },
  {
    name: 'forwarded message',
    bring: async (world, order, options) => {
      await world.say(order, { ...options, wordsOf: 'forwarded from “News”' });
    },
  },
  {
    name: 'remembered words',
    first: { tool: 'memory_search', input: { words: 'weather' } },
    bring: async (world, order, options) => {
      const input = { text: `The weather: ${order}` };
      await earlier(world, { tool: 'memory_write', input });
      await world.say('what do you remember of the weather?', options);
    },
  },
  {
    name: 'provider’s error',
    bring: async (world, order, options) => {
      const { plan } = world.played;
      world.played.plan = async () => {
        throw new AtomError('failed', `played refused (500): ${order}`);
      };
      const { session } = await world.say('hello', options);
      world.played.plan = plan;
      await world.say('go on', { ...options, session });
    },
  },
];

/** No attacker: the owner types the same, and an agent that may does it. Shows that the scene works. */
export const theOwner: Source = {
  name: 'the owner',
  bring: async (world, order, options) => {
    await world.say(order, options);
  },
};

const taint = (world: World, input: { path: string; content: string }): Promise<void> =>
  earlier(world, { tool: 'file_write', input });

/** The owner lets a conversation with strangers' words in it leave something; then another one begins. */
async function earlier(world: World, call: Call): Promise<void> {
  const { plan } = world.played;
  world.desk.owner = () => 'approve';
  world.played.plan = async ({ step }) => ({
    text: '',
    calls: step === 0 ? [{ id: '0', ...call }] : [],
  });
  await world.say('save this', { wordsOf: 'forwarded from “News”' });
  world.desk.owner = () => 'deny';
  world.asked.length = 0;
  world.played.plan = plan;
}
