import { labelOfEvent } from '../agent/hearing.ts';
import { AtomError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { visible, visibleBlock } from '../base/visible.ts';
import { MAIN_AGENT } from '../domain/agent.ts';
import { chatCommands, commandLine } from '../domain/chat-command.ts';
import { keptOf } from '../domain/kept-words.ts';
import type { Session, Talk } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import { shortTime, talkLine } from '../domain/talk-words.ts';
import type { Place, TalkDoor } from '../ingress/talk-door.ts';
import { windowOfModel } from '../llm/windows.ts';
import type { Running } from '../sessions/running.ts';
import { allAgents } from '../store/tables/agents.ts';
import { ensureSession, sessionByKey, sessionsStarting } from '../store/tables/sessions.ts';
import { goBackTo, lastSaidAt, setTalkModel, talksOf } from '../store/tables/talks.ts';
import { appendItem, conversation } from '../store/tables/transcript.ts';
import type { Agents } from './agents.ts';
import { isOwnersPlace } from './owner-chats.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import type { Skills } from './skills.ts';
import { answeringIn, talkStatus, thenWords } from './talk-status.ts';
import { speaker } from './whose.ts';

export interface TalkDoorParts {
  readonly records: Records;
  readonly running: Running;
  readonly agents: Pick<Agents, 'find'>;
  readonly skills: Pick<Skills, 'list'>;
}

/** What a person can do about the conversations of a chat, in words. */
export function createTalkDoor(options: AtomOptions, parts: TalkDoorParts): TalkDoor {
  const { records, running } = parts;
  const { store } = records;
  return {
    help: (place) => helpFor(parts, place),
    status: async ({ session }) =>
      talkStatus(options, store, await answeringIn({ ...parts, store }, session)),
    list: (place) => listFor(parts, place),
    goBack: async ({ session: key, role }, number) => {
      const session = await sessionByKey(store, key);
      const there = session && (await talksOf(store, session.id)).find((t) => t.number === number);
      if (!session || !there)
        return `There is no conversation ${number} here. Send /sessions to see which there are.`;
      if (there.current) return 'That is the one that goes on now.';
      if (role !== 'owner' && !isAnsweredAlike(session, there)) return NOT_ANSWERED_ALIKE;
      running.stop(key);
      await store.tx((sql) => goBackTo(sql, session.id, number));
      const { name } = await parts.agents.find(there.agent);
      return `It goes on: ${talkLine(there)}\n${name} answers, and knows what was said in it.`;
    },
    model: (place, model) => modelFor(options, parts, { place, model }),
    pin: async (place, text) => {
      if (text !== undefined) {
        const note = `The owner wants this kept word for word: ${text}`;
        await noteIn(store, place, { text: note, pin: text });
      }
      return pinsText(await pinsOf(store, place));
    },
    unpin: async (place, number) => {
      const unpin = (await pinsOf(store, place))[number - 1];
      if (unpin === undefined) return `There is no ${number}. Send /pin to see what is kept.`;
      const text = `The owner took back, it does not hold any more: ${unpin}`;
      await noteIn(store, place, { text, unpin });
      return pinsText(await pinsOf(store, place));
    },
  };
}

/** Who answers in a chat is the owner's choice, which nobody else takes back. */
const isAnsweredAlike = (session: Session, { agent, model }: Talk): boolean =>
  agent === session.agent && model === session.model;

const NOT_ANSWERED_ALIKE =
  'Somebody else answers here now than in that one, so only an owner of mine goes back to it.';

/** Phrases only where they mean something: a model takes every other one. */
async function helpFor(
  parts: TalkDoorParts,
  { session: key, role, event }: Place,
): Promise<string> {
  const { store, users } = parts.records;
  const { agent, model } = await answeringIn({ ...parts, store }, key);
  const isUser = speaker(users, event) !== undefined;
  const commands = chatCommands.filter(
    ({ who }) => role === 'owner' || who === 'everybody' || (isUser && who === 'user'),
  );
  const lines = commands.map(commandLine).join('\n');
  if (model !== 'offline') return `Say what you want in your own words, or:\n${lines}`;
  const { phrasesText } = await import('../agent/offline/slash.ts');
  const { builtInTools, skillTool } = await import('../agent/tools.ts');
  const tools = [...builtInTools, ...parts.skills.list({ agent }).map(skillTool)];
  return `${phrasesText({ tools })}\n${lines}`;
}

const MOST_LISTED = 10;

async function listFor(
  { records }: TalkDoorParts,
  { session: key, event, role }: Place,
): Promise<string> {
  const { store } = records;
  const session = await sessionByKey(store, key);
  const talks = session ? await talksOf(store, session.id) : [];
  if (talks.length === 0) return 'Nothing was said here yet.';
  const more = talks.length > MOST_LISTED ? [`… and ${talks.length - MOST_LISTED} older ones`] : [];
  // Where others read along, nobody is told of other chats.
  const elsewhere =
    role === 'owner' && !event.isGroup && event.via === undefined
      ? await elsewhereLines(records, key)
      : [];
  return [
    ...talks.slice(0, MOST_LISTED).map(talkLine),
    ...more,
    'To go on with one: /sessions NUMBER. To begin another: /new',
    ...elsewhere,
  ].join('\n');
}

/** The owner's other chats, without what was said there. */
async function elsewhereLines(records: Records, here: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const session of await sessionsStarting(records.store, '')) {
    if (session.key === here || !(await isOwnersPlace(records, session.home))) continue;
    const at = await lastSaidAt(records.store, session.id);
    if (at !== undefined) lines.push(`${visible(session.key)} · ${shortTime(at)}`);
  }
  const shown = lines.slice(0, MOST_LISTED);
  return shown.length === 0 ? [] : ['Your other chats:', ...shown];
}

async function modelFor(
  { clock, config }: AtomOptions,
  { records, running, agents }: TalkDoorParts,
  { place, model }: { readonly place: Place; readonly model: string | undefined },
): Promise<string> {
  const { store } = records;
  const key = place.session;
  const answering = await answeringIn({ store, agents }, key);
  const { agent, model: now } = answering;
  const known = await knownModels(store, [config.model, ...config.fallbacks]);
  const others = `Known here: ${known.map(visible).join(', ')}.`;
  const size = (one: string): string =>
    one === 'offline'
      ? ''
      : ` (it takes about ${windowOfModel(one, config.models).toLocaleString('en')} tokens)`;
  if (model === undefined)
    return `${visible(now)} answers in this conversation${size(now)}${thenWords(answering)}.\n${others}\nFor another one here: /model NAME`;
  const wanted = model === 'default' ? agent.model : model;
  if (!known.includes(wanted))
    throw new AtomError('usage', `I do not know the model ${visible(model)}, so nothing changed.`, {
      next: [others, 'What is to be known: atom config set model PROVIDER/MODEL, at the terminal.'],
    });
  if (wanted === now) return `${visible(now)} answers here already.`;
  const wish = { key, home: place.event.from, agent: agent.id, startedAt: clock.now() };
  await store.tx(async (sql) => {
    const { id } = await ensureSession(sql, { id: newId(), ...wish });
    await setTalkModel(sql, id, wanted === agent.model ? undefined : wanted);
  });
  // Afterwards, so that none goes on that began with the other one.
  running.stop(key);
  return `${visible(wanted)} answers in this conversation from now on${size(wanted)}. /new goes back to what ${agent.name} has.`;
}

/** What the owner chose for something, and no model at all. */
async function knownModels(store: Store, own: readonly string[]): Promise<readonly string[]> {
  const chosen = (await allAgents(store)).flatMap(({ model, fallbacks = [] }) => [
    ...(model === undefined ? [] : [model]),
    ...fallbacks,
  ]);
  return [...new Set([...own, ...chosen, 'offline'])];
}

async function pinsOf(store: Store, { session: key }: Place): Promise<readonly string[]> {
  const session = await sessionByKey(store, key);
  return session ? keptOf(await conversation(store, session.id)).kept : [];
}

const pinsText = (pins: readonly string[]): string =>
  pins.length === 0
    ? 'Nothing is kept word for word here. To keep something: /pin WORDS'
    : [
        'Kept word for word in this conversation, also where it is summed up:',
        ...pins.map((pin, at) => `${at + 1}  ${visibleBlock(pin)}`),
        'To keep one no longer: /unpin NUMBER',
      ].join('\n');

/** As the owner's own words: only an owner gets here. */
async function noteIn(
  store: Store,
  { session: key, event }: Place,
  note: { readonly text: string; readonly pin?: string; readonly unpin?: string },
): Promise<void> {
  await store.tx(async (sql) => {
    const fresh = { id: newId(), key, agent: MAIN_AGENT.id, home: event.from };
    const session: Session = await ensureSession(sql, { ...fresh, startedAt: event.at });
    const place = { session: session.id, event: event.id, at: event.at };
    await appendItem(sql, {
      ...place,
      ...labelOfEvent(event, true),
      item: { role: 'note', ...note },
    });
  });
}
