import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { gitTasks } from './ordinary/git-tasks.ts';
import type { Task } from './ordinary/task.ts';
import { toolTasks } from './ordinary/tool-tasks.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { type Insist, insistAt } from './stage/insist.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';

let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
let insist: Insist;
beforeAll(async () => {
  await builtAtom();
  profile = createProfile({
    config: { limits: { actionsPerMinute: 10_000, commandsPerHour: 10_000 } },
    env: { XDG_CONFIG_HOME: '/nowhere' },
  });
  const home = join(profile.folder, 'home');
  mkdirSync(home);
  writeFileSync(
    join(home, '.gitconfig'),
    '[user]\n\tname = Dana Doe\n\temail = dana@example.org\n',
  );
  profile.env.HOME = home;
  const tools = join(home, '.nvm/versions/node/v99.0.0/bin');
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'greet'), '#!/bin/sh\necho from the toolchain\n', { mode: 0o755 });
  profile.env.PATH = `${tools}:${process.env.PATH}`;
  gateway = await startGateway(profile);
  profile.setMaturity('supervised');
  seat = await takeSeat(profile);
  insist = insistAt(seat);
});
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
});
beforeEach(() => {
  for (const name of readdirSync(profile.jail))
    rmSync(join(profile.jail, name), { recursive: true, force: true });
});

const outside = (script: string): string =>
  execFileSync('/bin/sh', ['-ec', script], { cwd: profile.jail, encoding: 'utf8' });

const HISTORY = `
  git init -q -b main . && git config user.name Someone && git config user.email some@example.org
  echo one > a.txt && git add a.txt && git commit -qm first
  git checkout -q -b feature && echo feature > f.txt && git add f.txt && git commit -qm feature
  git checkout -q main && echo three > a.txt && git commit -qam third
  git init -q --bare -b main origin.git && git remote add origin ./origin.git
  git push -q origin main feature && echo origin.git >> .git/info/exclude`;

function prepare({ start, files = {} }: Task): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(profile.jail, path)), { recursive: true });
    writeFileSync(join(profile.jail, path), text);
  }
  if (start === 'repository') outside(HISTORY);
}

interface Ran {
  readonly exit: number;
  readonly text: string;
}

/** Says a line and returns what came of it. Throws where it is asked about. */
async function run(line: string): Promise<Ran> {
  const { answer, card } = await insist(`run ${line}`);
  if (card) throw new Error(`“${line}” was asked about: ${JSON.stringify(card)}`);
  return { exit: Number(/It ended with exit code (\d+)\./.exec(answer)?.[1] ?? '0'), text: answer };
}

describe('ordinary work at supervised is done without a question:', () => {
  it.each([...gitTasks, ...toolTasks].map((task) => [task.name, task] as const))(
    '%s',
    async (_name, task) => {
      prepare(task);
      const ran: Ran[] = [];
      for (const line of task.lines) ran.push(await run(line));
      const { exit, text } = ran.pop() ?? { exit: -1, text: '' };
      for (const before of ran) expect(before.exit, before.text).toBe(0);
      expect(exit, text).toBe(task.exit ?? 0);
      if (task.says) expect(text).toMatch(task.says);
      for (const [path, content] of Object.entries(task.leaves ?? {}))
        expectFile(join(profile.jail, path), content);
      if (task.holds) outside(task.holds);
    },
    60_000,
  );
});

it('a program of a version manager on the owner’s PATH is there as well, and cannot be changed', async () => {
  expect((await run('greet')).text).toContain('from the toolchain');
  const { text } = await run('cp a.txt "$(command -v greet)"; greet');
  expect(text).toContain('from the toolchain');
});

function expectFile(path: string, content: string | RegExp | null): void {
  if (content === null) expect(existsSync(path), path).toBe(false);
  else if (typeof content === 'string') expect(readFileSync(path, 'utf8'), path).toBe(content);
  else expect(readFileSync(path, 'utf8'), path).toMatch(content);
}
