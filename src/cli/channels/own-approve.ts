import { visible } from '../../base/visible.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { OwnChannelPlan } from '../../domain/own-channel.ts';
import { sure } from '../ask/sure.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { codeFor } from '../skills/approve.ts';
import { PATIENT } from '../skills/shelf.ts';

/** Shows a module whole, asks, and lets exactly that be run. `--yes` does not answer: this is an approval. */
export async function approveOwn(
  cli: Cli,
  gateway: Gateway,
  channel: string,
): Promise<OwnChannelPlan> {
  const { plan } = await gateway.request('channels.look', { channel }, PATIENT);
  if (plan.standing === 'approved') return plan;
  for (const line of linesOf(plan)) cli.out.say(line);
  requirePerson(
    cli,
    'An approval wants a person',
    `Ask for it at a terminal:   atom channels add ${channel}`,
  );
  await sure(
    { ...cli, flags: { ...cli.flags, yes: false } },
    {
      question: 'May it carry messages, exactly as it is now?',
      otherwise: 'Nothing was approved.',
    },
  );
  const code = await codeFor(cli, gateway, { needed: true, totpStdin: false });
  await gateway.request('channels.trust', { channel, digest: plan.digest, ...code }, PATIENT);
  return plan;
}

const linesOf = ({ channel, label, standing, folder, digest, may, files }: OwnChannelPlan) => [
  `${channel} (${visible(label)})${standing === 'changed' ? ', which changed since you approved it' : ''}`,
  `  ${visible(folder)}, SHA-256 ${digest}`,
  ...files.map(({ path, bytes }) => `    ${visible(path)}   ${bytes} bytes`),
  'It runs in a process of its own, in a jail without files. It may:',
  ...may.map((line) => `  + ${line}`),
];
