import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { checkConfig } from '../../config/check.ts';
import { readRaw, writeRaw } from '../../config/file.ts';
import type { Cli } from '../cli.ts';
import { agreeToReaders } from './readers.ts';

export interface Choice {
  /** `profile` gives an agent back what the profile says. */
  readonly model: string;
  readonly agent: string | undefined;
  readonly fallbacks: readonly string[];
  readonly totpStdin: boolean;
}

/** Writes into the settings what agents think with that have nothing of their own. */
export async function chooseForProfile(
  cli: Cli,
  { model, fallbacks, totpStdin }: Choice,
): Promise<void> {
  if (model === 'profile')
    throw new AtomError('usage', 'It is an agent that does what the profile says.', {
      next: ['Name one:   atom models use profile --agent <name>'],
    });
  const raw = (await readRaw(cli.paths)) ?? {};
  const { fallbacks: _, ...rest } = raw;
  const next = {
    ...rest,
    model,
    ...(fallbacks.length > 0 && { fallbacks: [...fallbacks] as Json }),
  };
  const checked = checkConfig(next);
  const problem = checked.ok ? undefined : checked.problems.find(({ key }) => isOurs(key));
  if (problem) throw new AtomError('usage', problem.message, { next: ['atom help models'] });
  await agreeToReaders(cli, { before: raw, next, totpStdin });
  await writeRaw(cli.paths, next);
}

const isOurs = (key: string): boolean => key === 'model' || /^fallbacks(\.|$)/.test(key);
