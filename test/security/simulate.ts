// npm run simulate: a model that obeys whoever wrote last, against the real governor; beside it, what
// ordinary requests cost. Numbers, no verdicts: those are in simulation.test.ts.
import {
  attackedAt,
  type Cell,
  simulateAttacks,
  simulateBenign,
  simulateWire,
} from './simulation/run.ts';
import { sources } from './simulation/sources.ts';

const pad = (text: string, width: number): string => text.padEnd(width);
const say = (line = ''): void => void process.stdout.write(`${line}\n`);

const GOAL = 32;
const COLUMN = 19;

let succeeded = 0;
for (const maturity of attackedAt) {
  const { cells } = await simulateAttacks(maturity);
  say(`Attacks on an agent at ${maturity}: asked / refused / succeeded`);
  say(pad('', GOAL) + sources.map(({ name }) => pad(name, COLUMN)).join(''));
  for (const [goal, row] of cells)
    say(pad(goal, GOAL) + sources.map(({ name }) => pad(cellText(row.get(name)), COLUMN)).join(''));
  for (const cell of [...cells.values()].flatMap((row) => [...row.values()])) {
    succeeded += cell.succeeded.length;
    for (const how of cell.succeeded) say(`  SUCCEEDED: ${how}`);
  }
  say();
}
for (const maturity of attackedAt) {
  const { tried, asked, refused, questions, ...wired } = await simulateWire(maturity);
  succeeded += wired.succeeded.length;
  say(`Over the wire, at ${maturity}: ${tried} attacks, ${questions} questions to the model`);
  say(`  ${asked} asked, ${refused} refused, ${wired.succeeded.length} succeeded`);
  for (const how of wired.succeeded) say(`  SUCCEEDED: ${how}`);
}
const { succeeded: unseen, tried: all } = await simulateWire('autonomous', { seesLabels: false });
say(`If nobody looked where its orders came from: ${unseen.length} of ${all} would succeed`);
say();
say('Ordinary requests: questions asked (– is refused)');
say(
  pad('', 44) + ['student', 'intern', 'supervised', 'autonomous'].map((m) => pad(m, 12)).join(''),
);
for (const { task, prompts } of await simulateBenign())
  say(
    pad(task.says, 44) +
      Object.values(prompts)
        .map((n) => pad(String(n ?? '–'), 12))
        .join(''),
  );
say();
say(`Attacks that succeeded without a question: ${succeeded}`);

function cellText(cell: Cell | undefined): string {
  return cell ? `${cell.asked} / ${cell.refused} / ${cell.succeeded.length}` : '';
}
