// node test/bench/long-talk.ts [--json], a part of npm run bench: the memory of a process in which one conversation
// has two hundred turns and a megabyte of output, after its twentieth turn and later. Throws where a
// question to the model was not whole.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openStore } from '../../src/store/open.ts';
import { longTalk, RULE } from '../agent/long-talk.ts';
import type { Seen } from './long-model.ts';
import { type Row, tellRows } from './table.ts';

/** By the hundredth the runtime has grown the room that it works in; from then on, nothing more should come. */
const MEASURED = [20, 100, 200] as const;
const TURNS = 200;
const OUTPUT = 5500;
const MB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

interface Memory {
  readonly rss: number;
  readonly heap: number;
}

/** In MB, once what nobody holds any more is gone. */
function memory(): Memory {
  collect();
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss: rss / MB, heap: (heapUsed + external) / MB };
}

const root = mkdtempSync('/var/tmp/atom-long-talk-');
const model = fork(join(import.meta.dirname, 'long-model.ts'));

try {
  const [url] = (await once(model, 'message')) as [string];
  const store = await openStore({ file: join(root, 'atom.db') });
  const talk = await longTalk({ store, url, output: OUTPUT });
  const measured: Memory[] = [];
  for (let n = 1; n <= TURNS; n++) {
    await talk.say(`e${n}`, n === 3 ? RULE : `look at file ${n}`);
    if (MEASURED.some((turn) => turn === n)) measured.push(memory());
  }
  await store.close();
  model.send('end');
  const [seen] = (await once(model, 'message')) as [Seen];
  requireWhole(seen);
  tellRows([...rowsOf(measured, 'heap'), ...rowsOf(measured, 'rss')]);
} finally {
  model.kill();
  rmSync(root, { recursive: true, force: true });
}

function rowsOf(measured: readonly Memory[], what: keyof Memory): readonly Row[] {
  const [first] = measured;
  const beside = first && { name: `turn ${MEASURED[0]}`, p50: first[what] };
  return measured.slice(1).map((at, n) => ({
    what: `conversation, turn ${MEASURED[n + 1]}: ${what}`,
    p50: at[what],
    unit: 'MB',
    ...(beside && { beside }),
  }));
}

function requireWhole({ questions, summaries, withoutRule, faults }: Seen): void {
  if (faults.length === 0 && withoutRule === 0 && questions >= 2 * TURNS && summaries > 0) return;
  throw new Error(JSON.stringify({ questions, summaries, withoutRule, faults }));
}
