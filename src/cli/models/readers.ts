import { AtomError } from '../../base/errors.ts';
import { checkConfig } from '../../config/check.ts';
import type { RawConfig } from '../../config/file.ts';
import { readersOf } from '../../llm/place.ts';
import { withCode } from '../ask/with-code.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';
import { isEnrolled } from '../second-factor/offline.ts';

/** Has a gateway that runs agree to the models of the profile; without one, refuses what would need a code. */
export async function agreeToReaders(
  cli: Cli,
  { before, next, totpStdin }: { before: RawConfig; next: RawConfig; totpStdin: boolean },
): Promise<void> {
  if ((await whoRuns(cli)) === undefined) return await refuseReaders(cli, before, next);
  const { model, fallbacks } = thinking(next);
  const wish = { model, fallbacks: [...fallbacks] };
  await withGateway(cli, false, (gateway) =>
    withCode(cli, totpStdin, (proof) => gateway.request('models.agree', { ...wish, ...proof })),
  );
}

/**
 * Refuses models of the profile that let somebody read along who does not now, where there is a second factor:
 * only a gateway can check a code. AtomError `credentials`.
 */
export async function refuseReaders(cli: Cli, before: RawConfig, next: RawConfig): Promise<void> {
  const known = readers(before);
  const more = readers(next).filter((reader) => !known.includes(reader));
  if (more.length === 0 || !(await isEnrolled(cli))) return;
  throw new AtomError(
    'credentials',
    `Letting ${more.join(', ')} read what agents are told needs a code of the second factor, which a running gateway checks.`,
    {
      next: [
        'Start atom first, where it does not run:   atom start',
        `Then:   atom models use ${thinking(next).model}`,
      ],
    },
  );
}

function readers(raw: RawConfig): readonly string[] {
  const { model, fallbacks, models } = thinking(raw);
  return readersOf([model, ...fallbacks], models);
}

/** What a file says of models, whatever else is wrong with it; none where that makes no sense. */
function thinking(raw: RawConfig) {
  const said = Object.entries(raw).filter(([key]) => OURS.includes(key));
  const checked = checkConfig({ version: 1, ...Object.fromEntries(said) });
  return checked.ok ? checked.config : { model: 'offline', fallbacks: [], models: {} };
}

const OURS: readonly string[] = ['model', 'fallbacks', 'models'];
