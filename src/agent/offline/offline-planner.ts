import type { TranscriptItem } from '../../domain/session.ts';
import type { Skill } from '../../domain/skill.ts';
import type { Plan, PlanInput, Planner } from '../planner.ts';
import { type Known, knownAnswer } from './known-answers.ts';
import { type Abilities, hasTool, type Meaning, meaningOfPhrase } from './meaning.ts';
import { nearest, offerText, pickOf } from './offer.ts';
import type { PhraseDoor } from './phrase-door.ts';
import { fillIn, isAnswer, questionFor, templateAsking } from './question.ts';
import { reportOf } from './report.ts';
import { meaningOfCommand } from './slash.ts';
import { templates } from './templates.ts';
import { phraseKey } from './words.ts';

/** An honest answer fits on a telephone: six lines with these. */
const EXAMPLES = 3;

export interface OfflineDeps {
  /** The agent's. */
  readonly name: string;
  readonly phrases: PhraseDoor;
  readonly known: Known;
  readonly skills: () => readonly Skill[];
  /** Lines about skills that cannot be used yet. */
  readonly waiting?: () => readonly string[];
  /** Skills of words. */
  readonly texts?: () => Abilities['texts'];
  /** How to connect a model, one step a line. */
  readonly connect: readonly string[];
}

/**
 * The planner for when no model is connected: exact phrases, slash commands and offers to choose
 * from. Uses no network, and never acts on something that merely resembles a phrase.
 */
export const createOfflinePlanner = (deps: OfflineDeps): Planner => ({
  name: 'offline',
  sees: 'turn',
  plan: async (input) => {
    const heard = input.transcript.findLastIndex((item) => item.role === 'user');
    const turn = input.transcript.slice(heard);
    if (turn.some((item) => item.role === 'tool')) return { text: reportOf(turn), calls: [] };
    const [first] = turn;
    const text = first?.role === 'user' ? first.text : '';
    const noted = input.transcript[heard - 1];
    if (text.trim() === '' && noted?.role === 'note' && noted.files !== undefined)
      return { text: noted.files > 0 ? HAVE_IT : HAVE_NOTHING, calls: [] };
    const abilities = {
      tools: input.tools,
      skills: deps.skills(),
      texts: deps.texts?.() ?? [],
      waiting: deps.waiting?.() ?? [],
    };
    const before = lastExchange(input.transcript.slice(0, Math.max(0, heard)));
    return planOf(await understand({ text, before, abilities, own: input.own }, deps), input);
  },
});

const HAVE_IT =
  'I have it. Say “save the file” and I put it into the folder inbox of the jail; what is in it counts as a stranger’s words.';

const HAVE_NOTHING = 'I took nothing of that.';

/** A message, and what was said right before it. */
interface Heard {
  readonly text: string;
  readonly before: Exchange | undefined;
  readonly abilities: Abilities;
  readonly own: boolean;
}

interface Exchange {
  readonly user: string;
  readonly assistant: string;
}

function planOf(meaning: Meaning, { step }: PlanInput): Plan {
  if ('say' in meaning) return { text: meaning.say, calls: [] };
  return { text: '', calls: [{ id: `offline-${step}`, ...meaning }] };
}

async function understand(heard: Heard, deps: OfflineDeps): Promise<Meaning> {
  const { text, abilities } = heard;
  const said = meaningOfCommand(text, abilities) ?? (await knownAnswer(text, deps));
  const exact = said ?? exactly(text, abilities) ?? (await answered(heard, deps));
  if (exact !== undefined) return exact;
  const remembered =
    (await deps.phrases.find(lineKey(text))) ?? (await deps.phrases.find(phraseKey(text)));
  const known = remembered === undefined ? undefined : exactly(remembered, abilities);
  if (known !== undefined) return known;
  const offered = await nearest(text, abilities);
  return { say: offered.length > 0 ? offerText(offered) : nothingNear(deps, abilities) };
}

const exactly = (text: string, abilities: Abilities): Meaning | undefined =>
  meaningOfCommand(text, abilities) ?? meaningOfPhrase(text, abilities);

/** What a text means as the answer to what was said right before it. */
async function answered(
  { text, before, abilities, own }: Heard,
  deps: OfflineDeps,
): Promise<Meaning | undefined> {
  if (before === undefined) return undefined;
  const asking = templateAsking(before.assistant);
  if (asking !== undefined)
    return isAnswer(asking, text) ? exactly(fillIn(asking, text), abilities) : undefined;
  const offered = await nearest(before.user, abilities);
  // Made anew from the owner's words: an offer that anybody else wrote picks nothing.
  if (offerText(offered) !== before.assistant) return undefined;
  const picked = pickOf(text, offered.length);
  const choice = picked === undefined ? undefined : offered[picked];
  if (choice === undefined) return undefined;
  const question = questionFor(choice.canonical);
  if (question !== undefined) return { say: question };
  const key = choice.line === true ? lineKey(before.user) : phraseKey(before.user);
  // What a guest means by a word is not what it means when the owner says it.
  if (own) await deps.phrases.remember(key, choice.canonical);
  return exactly(choice.canonical, abilities);
}

/** A command line is another one as soon as a single letter differs, so it is kept as it stands. */
const lineKey = (text: string): string => `/run ${text.trim()}`;

function lastExchange(items: readonly TranscriptItem[]): Exchange | undefined {
  const user = items.findLast((item) => item.role === 'user');
  const assistant = items.findLast((item) => item.role === 'assistant');
  return user && assistant ? { user: user.text, assistant: assistant.text } : undefined;
}

function nothingNear({ connect, known }: OfflineDeps, { tools }: Abilities): string {
  const how = `To connect a model: ${connect.join(', then ')}`;
  return [
    'No model is connected, so I understand only exact phrases and commands, such as:',
    ...examplesFor(tools),
    '/help has them all.',
    ...(connect.length === 0 ? [] : [known.hint?.(how) ?? how]),
  ].join('\n');
}

/** Three phrases that work, each of another tool. */
function examplesFor(tools: Abilities['tools']): readonly string[] {
  const usable = templates.filter((template) => hasTool(template, tools));
  const oneEach = usable.filter(
    ({ tool }, at) => usable.findIndex((other) => other.tool === tool) === at,
  );
  return oneEach.slice(0, EXAMPLES).flatMap(({ examples: [first] }) => (first ? [first[0]] : []));
}
