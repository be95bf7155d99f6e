import { visible } from '../../base/visible.ts';
import { createAsker } from '../ask/asker.ts';
import type { Cli } from '../cli.ts';
import { offerJail } from './offer-jail.ts';
import { defaultPlan, type Plan } from './plan.ts';
import { askPlan } from './questions.ts';
import { sharedWords } from './shared-folder.ts';
import { tellWritten, writeProfile } from './write.ts';

/**
 * Three questions, each with a default; nothing is written before the last is answered. Resolves to
 * the answer to one more question at the end, where one is given.
 */
export async function setUpAsking(cli: Cli, given: Partial<Plan>, last?: string): Promise<boolean> {
  const asker = createAsker();
  try {
    const plan = await askPlan({ cli, asker }, given);
    tellWritten(cli, await writeProfile(cli, plan));
    await offerJail(cli, (question) => asker.yes(question, true));
    return last !== undefined && (await asker.yes(`\n${last}`, true));
  } finally {
    asker.close();
  }
}

/** The same without questions: what was not given takes its default. */
export async function setUp(cli: Cli, given: Partial<Plan>): Promise<void> {
  const plan = { ...defaultPlan(cli.paths.profile), ...given };
  const shared = await sharedWords(cli, plan.folder);
  if (shared !== undefined) cli.out.say(`${visible(plan.folder)} is ${shared}.`);
  tellWritten(cli, await writeProfile(cli, plan));
  await offerJail(cli, async () => true);
}
