import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startSkillQuestions } from '../../src/assembly/skill-questions.ts';
import { createLog } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import type { Intent } from '../../src/domain/action.ts';
import type { Approval } from '../../src/domain/approval.ts';
import { pendingApprovals, recentApprovals } from '../../src/store/tables/approvals.ts';
import { until } from '../flows/stage/until.ts';
import { openKernel } from '../gateway/memory-stage.ts';

const by = { surface: 'terminal', id: 'owner' };
type Kernel = Awaited<ReturnType<typeof openKernel>>;

/** Words for an agent, which need no compiler. */
function write({ profile }: Pick<Kernel, 'profile'>, name: string, text: string): void {
  const folder = join(profile.paths.skills, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'SKILL.md'),
    `---\nname: ${name}\ndescription: About ${name}\n---\n${text}\n`,
  );
}

const waiting = ({ atom }: Kernel): Promise<readonly Approval[]> =>
  pendingApprovals(atom.records.store);
const stateOf = ({ atom }: Kernel, id: string) =>
  atom.skills.shelf.list().find((one) => one.id === id)?.state;
const soon = (): AbortSignal => AbortSignal.timeout(20_000);

it('a skill that waits is asked about with a card, and a yes there approves exactly that', async () => {
  const kernel = await openKernel({}, {}, (profile) => write({ profile }, 'crane', 'Fold.'));
  const { atom } = kernel;
  const [card] = await until('a card', async () => {
    const all = await waiting(kernel);
    return all.length > 0 ? all : undefined;
  });
  expect(card?.card).toMatchObject({
    kind: 'trust',
    words: ['approve the skill crane'],
    who: 'atom itself',
    factor: 'tap',
    why: ['crane waits: it is new'],
    detail: expect.stringContaining('SKILL.md ('),
  });
  await atom.records.approvals.answer({
    ref: card?.card.code ?? '',
    verdict: 'approve',
    by,
    typed: false,
  });
  await until('it to be ready', () => stateOf(kernel, 'crane') === 'ready' || undefined);
  const [listing] = atom.skills.shelf.list();
  expect(listing?.approved?.by).toBe('terminal/owner');
});

it('a no holds for what was shown, and what was approved elsewhere or changed is withdrawn', async () => {
  const kernel = await openKernel({}, {}, (profile) => {
    for (const name of ['denied', 'changes', 'elsewhere']) write({ profile }, name, 'First.');
  });
  const { atom } = kernel;
  const cards = await until('three cards', async () => {
    const all = await waiting(kernel);
    return all.length === 3 ? all : undefined;
  });
  const cardOf = (id: string) => cards.find(({ card }) => card.words[0]?.endsWith(id));
  const endOf = (id: string, state: string) =>
    until(`${id} to be ${state}`, async () => {
      const all = await recentApprovals(atom.records.store, 20);
      return all.find((one) => one.id === cardOf(id)?.id)?.state === state || undefined;
    });
  await atom.records.approvals.answer({
    ref: cardOf('denied')?.id ?? '',
    verdict: 'deny',
    by,
    typed: false,
  });
  await endOf('denied', 'denied');
  expect(stateOf(kernel, 'denied')).toBe('waiting');
  write(kernel, 'changes', 'Second.');
  const { digest } = await atom.skills.shelf.plan('elsewhere', soon());
  await endOf('changes', 'void');
  await atom.skills.shelf.approve({ id: 'elsewhere', digest, by: 'terminal/owner' }, soon());
  await endOf('elsewhere', 'void');
  expect(stateOf(kernel, 'elsewhere')).toBe('ready');
  // Whoever approves at the terminal looks at the rest there, too.
  expect(await waiting(kernel)).toEqual([]);
});

it('is the same question at the next start, so that a no is remembered', async () => {
  const intents: Intent[] = [];
  const bus = createBus();
  for (let start = 0; start < 2; start++) {
    const stop = startSkillQuestions({
      bus,
      log: createLog(() => undefined),
      performAsSystem: async (intent) => {
        intents.push(intent);
        return { ok: false, reason: 'denied', message: 'You said no.' };
      },
    });
    const skill = {
      id: 'crane',
      digest: 'd'.repeat(64),
      state: 'waiting',
      origin: 'profile',
    } as const;
    const listings = [{ ...skill, folder: '/x', skills: [], may: [] }];
    bus.tell('skills.looked', { listings, unasked: true });
    await until('it to be asked', () => intents.length > start || undefined);
    bus.tell('skills.looked', { listings, unasked: true });
    await stop();
  }
  expect(intents).toHaveLength(2);
  const [first, second] = intents;
  expect(second).toEqual({ ...first, id: second?.id });
});

it('nobody but atom may put that question, and without a yes nothing comes of it', async () => {
  const kernel = await openKernel();
  write(kernel, 'crane', 'Fold.');
  const { digest } = await kernel.atom.skills.shelf.plan('crane', soon());
  const resource = { skill: 'crane', digest };
  const asked = kernel.atom.ownerAct({ action: 'skill.trust', resource }, { by });
  expect(await asked).toMatchObject({ ok: false });
  expect(stateOf(kernel, 'crane')).toBe('waiting');
});
