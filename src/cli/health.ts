import { hintFor } from '../base/hint.ts';
import { visible } from '../base/visible.ts';
import type { HealthCheck } from '../domain/health.ts';
import type { Cli } from './cli.ts';
import { withGateway } from './gateway.ts';

/** Says how everything stands that has to work; 1 where something does not. Throws AtomError `not-running`. */
export async function health(cli: Cli): Promise<number> {
  const found = await withGateway(cli, false, (gateway) => gateway.request('health', {}));
  if (cli.out.json) cli.out.object({ ...found });
  else for (const check of found.checks) cli.out.data(lineOf(cli, check));
  return found.ok ? 0 : 1;
}

function lineOf({ out, paths }: Cli, { name, state, words }: HealthCheck): string {
  const { good, warn, bad, marks } = out.style;
  const mark = { good: good(marks.yes), note: warn(marks.note), bad: bad(marks.no) }[state];
  return `${mark} ${visible(name).padEnd(NAME)} ${hintFor(paths.profile, visible(words))}`;
}

const NAME = 17;
