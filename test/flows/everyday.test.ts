import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import type { TranscriptItem } from '../../src/domain/session.ts';
import { builtAtom } from '../cli/built.ts';
import { startGateway } from './stage/gateway-process.ts';
import { createProfile } from './stage/profile.ts';
import { takeSeat } from './stage/seat.ts';

/** What came of a request: something was done, an answer given, a choice offered, or it was said that it cannot be done. */
type Ended = 'done' | 'told' | 'offered' | 'declined';

interface Request {
  readonly says: string;
  readonly ends: Ended;
  /** What has to be in the reply, or in the folder, where it was done; '' for a folder. */
  readonly answer?: RegExp;
  readonly file?: { readonly path: string; readonly holds: string | undefined };
}

/** As people write them who never read what can be said. */
const REQUESTS: readonly Request[] = [
  { says: 'What files are there?', ends: 'offered' },
  { says: 'show me letter.txt', ends: 'done', answer: /Dear Ada/ },
  {
    says: 'write "bread and milk" to shopping.txt',
    ends: 'done',
    file: { path: 'shopping.txt', holds: 'bread and milk' },
  },
  { says: 'please delete old.txt', ends: 'done', file: { path: 'old.txt', holds: undefined } },
  { says: 'how big is letter.txt?', ends: 'done', answer: /\d/ },
  { says: 'search for Ada', ends: 'done', answer: /letter\.txt/ },
  { says: 'how much is 15% of 80', ends: 'done', answer: /12/ },
  { says: 'How many days until 24 December?', ends: 'done', answer: /\d+ days?/ },
  { says: 'remind me in 20 minutes to drink tea', ends: 'done', answer: /remind you/ },
  { says: 'remember that my bike is red', ends: 'done', answer: /remember/i },
  { says: 'what do you remember about my bike', ends: 'done', answer: /red/ },
  { says: 'make a folder called photos', ends: 'done', file: { path: 'photos', holds: '' } },
  { says: 'is git installed?', ends: 'done', answer: /git/ },
  { says: 'how much disk is free', ends: 'done', answer: /free|%/ },
  { says: 'note that the bin goes out on Tuesday', ends: 'done', answer: /\S/ },
  {
    says: 'copy letter.txt to copy.txt',
    ends: 'done',
    file: { path: 'copy.txt', holds: 'Dear Ada' },
  },
  {
    says: 'rename copy.txt to ada.txt',
    ends: 'done',
    file: { path: 'ada.txt', holds: 'Dear Ada' },
  },
  { says: 'what day is it today', ends: 'done', answer: /day/ },
  { says: 'git status', ends: 'offered' },
  { says: 'could you tidy up my desktop a bit', ends: 'offered' },
  { says: 'write a poem about my cat', ends: 'offered' },
  { says: 'what is the capital of France', ends: 'declined' },
  { says: 'book a table for two tonight', ends: 'declined' },
  // Files and folders.
  { says: 'find all pdf files', ends: 'done', answer: /^\.\/bills\/rent\.pdf$/m },
  { says: 'where are my pictures?', ends: 'done', answer: /cat\.JPG/ },
  { says: 'find the file rent.pdf', ends: 'done', answer: /bills\/rent\.pdf/ },
  { says: 'show me the biggest files', ends: 'done', answer: /cat\.JPG/ },
  { says: 'what takes up the most space', ends: 'done', answer: /cat\.JPG/ },
  { says: 'count the words in letter.txt', ends: 'done', answer: /^8 / },
  { says: 'How many lines are in letter.txt?', ends: 'done', answer: /^2 / },
  { says: 'what is in letter.txt', ends: 'done', answer: /Dear Ada/ },
  { says: 'what is in bills', ends: 'done', answer: /rent\.pdf/ },
  { says: 'where am I', ends: 'done', answer: /^\// },
  {
    says: 'write hello to hello.txt please.',
    ends: 'done',
    file: { path: 'hello.txt', holds: 'hello' },
  },
  { says: 'delete the folder photos', ends: 'done', file: { path: 'photos', holds: undefined } },
  { says: 'search for the word tea', ends: 'done', answer: /letter\.txt/ },
  // This machine, the clock, and what was said before.
  { says: 'what is running', ends: 'done', answer: /\d/ },
  { says: 'what is today’s date?', ends: 'done', answer: /20\d\d/ },
  { says: 'what time is it?', ends: 'told', answer: /\d\d:\d\d/ },
  { says: 'What reminders do I have?', ends: 'told', answer: /j1 .*drink tea/ },
  { says: 'delete the reminder', ends: 'told', answer: /atom jobs remove j1/ },
  { says: 'take that back', ends: 'told', answer: /\/undo/ },
  { says: 'undo that', ends: 'told', answer: /^Took back run \w{6} \(rm -r -- photos\)/ },
  { says: 'stop', ends: 'told', answer: /^Nothing was running\.$/ },
  { says: 'who are you', ends: 'told', answer: /I am atom/ },
  { says: 'help', ends: 'told', answer: /list files/ },
  { says: 'never mind', ends: 'told', answer: /nothing/ },
];

beforeAll(async () => void (await builtAtom()));

it('of everyday requests without a model, none is done wrongly', async () => {
  const profile = createProfile({ env: { DBUS_SESSION_BUS_ADDRESS: '' } });
  onTestFinished(profile.remove);
  writeFileSync(join(profile.jail, 'letter.txt'), 'Dear Ada,\nthe tea is on the table.\n');
  writeFileSync(join(profile.jail, 'old.txt'), 'old\n');
  mkdirSync(join(profile.jail, 'bills'));
  writeFileSync(join(profile.jail, 'bills', 'rent.pdf'), '%PDF');
  writeFileSync(join(profile.jail, 'cat.JPG'), Buffer.alloc(100_000));
  const gateway = await startGateway(profile);
  onTestFinished(gateway.kill);
  const seat = await takeSeat(profile);
  onTestFinished(seat.leave);
  // The owner says yes to whatever is asked: what counts is what it was.
  seat.gateway.on((event) => {
    if (event.kind === 'approval.asked') void seat.decide(event.card, 'approve', true);
  });
  const report: { says: string; ends: Ended | 'wrong'; reply: string }[] = [];
  for (const request of REQUESTS) {
    // None is an answer to what was offered before.
    await seat.ask('/new');
    const event = await seat.say(request.says);
    const reply = await seat.answerTo(event, 30_000);
    const mine = (await seat.transcript()).filter((entry) => entry.event === event);
    const items = mine.map(({ item }) => item);
    const ends = endOf(items, reply);
    const right = (ends !== 'done' && ends !== 'told') || isRight(request, reply, profile.jail);
    report.push({ says: request.says, ends: right ? ends : 'wrong', reply });
  }
  expect(report.filter(({ ends }) => ends === 'wrong')).toEqual([]);
  expect(report.map(({ says, ends }) => [says, ends])).toEqual(
    REQUESTS.map(({ says, ends }) => [says, ends]),
  );
}, 120_000);

function endOf(items: readonly TranscriptItem[], reply: string): Ended {
  if (items.some((item) => item.role === 'assistant' && item.calls.length > 0)) return 'done';
  if (reply.includes('(answer with a number)')) return 'offered';
  return reply.includes('No model is connected, so I understand only') ? 'declined' : 'told';
}

function isRight({ ends, answer, file }: Request, reply: string, jail: string): boolean {
  if (ends !== 'done' && ends !== 'told') return false;
  if (answer !== undefined && !answer.test(reply)) return false;
  if (file === undefined) return true;
  const path = join(jail, file.path);
  return file.holds === undefined
    ? !existsSync(path)
    : existsSync(path) && (file.holds === '' || readFileSync(path, 'utf8').includes(file.holds));
}
