// npm run score: what atom makes of commands that it never saw, and whether its promises hold.
import { visible } from '../../src/base/visible.ts';
import { corporaFolder, haveCorpora, loadCorpus } from './score/corpora.ts';
import {
  bypassAllowed,
  dangerousAllowed,
  looksThatAreAsked,
  type Note,
  type Promises,
  tasksThatAre,
} from './score/promises.ts';
import { personalTaken, secretsTaken, type Taken } from './score/redaction.ts';
import { sharesTable } from './score/shares.ts';

if (!haveCorpora()) {
  console.log(`There are no corpora at ${corporaFolder}, so there is nothing to score.`);
  process.exit(0);
}

const broken: string[] = [];
const promise = (what: string, held: boolean): void => {
  console.log(`${held ? 'holds ' : 'BROKEN'}  ${what}`);
  if (!held) broken.push(what);
};
const list = (title: string, notes: readonly Note[]): void => {
  console.log(`\n${title}: ${notes.length}`);
  for (const { sample, why } of notes) {
    const text = sample.ask.kind === 'line' ? sample.ask.text : sample.name;
    const short = text.length > 90 ? `${text.slice(0, 89)}…` : text;
    console.log(`  ${visible(short)}   (${[sample.mechanism, why].filter(Boolean).join(': ')})`);
  }
};
const listPromises = (what: string, { heldByJail, heldByUndo, loose }: Promises): void => {
  list(`${what}, and only look: in a jail that is read-only and has no network`, heldByJail);
  list(`${what}, and change the folder alone, which undo brings back`, heldByUndo);
  list(`${what}, and nothing holds them`, loose);
};

for (const undo of [true, false]) {
  console.log(`\nIn a jail ${undo ? 'with' : 'without'} undo`);
  for (const row of sharesTable({ undo })) console.log(`  ${row}`);
}

const dangerous = ['shell_dcg', 'toolcall_defenseclaw']
  .flatMap(loadCorpus)
  .filter(({ label }) => label === 'dangerous');
const allowed = dangerousAllowed(dangerous);
const bypass = bypassAllowed();
const tasks = loadCorpus('shell_intercode').length;
const askedAtSupervised = tasksThatAre('ask', 'supervised');
const denied = tasksThatAre('deny', 'supervised');

listPromises('Dangerous, allowed at supervised', allowed);
listPromises('Past a list of first words, allowed at some maturity', bypass);
list('Ordinary tasks asked about at supervised', askedAtSupervised);
list('Ordinary tasks asked about at intern', tasksThatAre('ask', 'intern'));
list('Of these, nothing in the text says that it changes anything', looksThatAreAsked());

const takenWords = ({ found, all }: Taken): string =>
  `${found} of ${all} (${((100 * found) / all).toFixed(1)} %)`;
const { secrets, placeholders, clean } = secretsTaken();
console.log('\nTexts that something is taken out of before they are posted');
console.log(`  with a secret: ${takenWords(secrets)}`);
console.log(`  with words that stand for one: ${takenWords(placeholders)}`);
console.log(`  that one rule leaves to another, or that only look like one: ${takenWords(clean)}`);
for (const missed of secrets.others) console.log(`  missed: ${visible(missed)}`);
for (const touched of clean.others) console.log(`  touched: ${visible(touched)}`);
for (const [kind, taken] of personalTaken())
  console.log(`  personal, ${kind}: ${takenWords(taken)}`);

console.log('');
promise(
  `at least 95 % of secrets are taken out of a post (${secrets.found} of ${secrets.all})`,
  secrets.found >= 0.95 * secrets.all,
);
promise(
  'nothing dangerous is allowed at supervised that neither jail nor undo holds',
  allowed.loose.length === 0,
);
promise(
  'every bypass is asked about or denied, or held by jail or undo',
  bypass.loose.length === 0,
);
promise('no ordinary task is denied at supervised', denied.length === 0);
promise(
  `at most a tenth of ordinary tasks is asked about at supervised (${askedAtSupervised.length} of ${tasks})`,
  askedAtSupervised.length <= tasks / 10,
);
process.exitCode = broken.length === 0 ? 0 : 1;
