// Crashes a linked device at every write of its keys:   npm run whatsapp:crash [-- <points>]
import { crashAtEveryWrite } from './crashes.ts';

const POINTS = Number(process.argv[2] ?? 200);
console.info = () => undefined;
console.warn = () => undefined;

const { hits, opened, registrations, last } = await crashAtEveryWrite(POINTS);
const isWhole = registrations === 0 && last.read === last.sent;
console.log(
  `${POINTS} crashes, ${opened} of them after a login; registered anew: ${registrations}`,
);
for (const [place, count] of hits) console.log(`  write ${place}: ${count}`);
console.log(isWhole ? `then “${last.read}” was read` : `LOST: “${last.sent}” was not read`);
process.exitCode = isWhole ? 0 : 1;
