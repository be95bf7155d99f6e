import { AtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { SkillPlan } from '../../domain/skill-trust.ts';
import { askCode } from '../ask/code.ts';
import { sure } from '../ask/sure.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { exactly } from '../out/plain.ts';
import { drawPlan } from './draw.ts';
import { PATIENT, withShelf } from './shelf.ts';

export interface ApproveOptions {
  /** The beginning of the digest that was looked at, instead of a question. */
  readonly digest?: string;
  readonly totpStdin: boolean;
}

/** Shows a skill whole, asks, and lets exactly that be used. `--yes` does not answer: this is an approval. */
export async function approveSkill(cli: Cli, id: string, options: ApproveOptions): Promise<void> {
  await withShelf(cli, async (gateway) => {
    const { plan } = await gateway.request('skills.show', { id }, PATIENT);
    if (plan.skill.state === 'ready' && plan.known) {
      if (cli.out.json) return cli.out.object({ skill: plan.skill, changed: false });
      return cli.out.say(`${id} is approved already, as it is.`);
    }
    if (!cli.out.json)
      for (const line of drawPlan(exactly(plan, cli.out), cli.out.style)) cli.out.data(line);
    await agree(cli, plan, options);
    const code = await codeFor(cli, gateway, { ...options, needed: plan.complexity === 4 });
    const order = { id, digest: plan.digest, ...code };
    const { skill } = await gateway.request('skills.trust', order, PATIENT);
    if (cli.out.json) return cli.out.object({ skill, changed: true });
    cli.out.data(`Approved: ${id}.`);
    cli.out.hint(`Stop it at once:   atom skills disable ${id}`);
  });
}

/** What proves that it is the owner, where the act needs it and a second factor is enrolled. */
export async function codeFor(
  cli: Cli,
  gateway: Gateway,
  { needed, totpStdin }: { readonly needed: boolean; readonly totpStdin: boolean },
): Promise<{ readonly code?: string }> {
  if (!needed || !(await gateway.request('factor.status', {})).enrolled) return {};
  return { code: await askCode(cli, totpStdin) };
}

const SHORTEST = 12;

async function agree(cli: Cli, plan: SkillPlan, { digest }: ApproveOptions): Promise<void> {
  if (digest !== undefined) {
    if (digest.length >= SHORTEST && plan.digest.startsWith(digest)) return;
    throw new AtomError('blocked', 'That is not what lies there now. Nothing was approved.', {
      next: [`Look at it, then:   --digest ${plan.digest.slice(0, SHORTEST)}`],
    });
  }
  requirePerson(
    cli,
    'An approval wants a person',
    `Look at it; then name exactly that:   --digest ${plan.digest.slice(0, SHORTEST)}`,
  );
  await sure(
    { ...cli, flags: { ...cli.flags, yes: false } },
    { question: 'May it be used, exactly as it is now?', otherwise: 'Nothing was approved.' },
  );
}
