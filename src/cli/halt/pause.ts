import { haltWords } from '../../domain/halt.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';

/** Takes no more messages; what runs comes to its end, and the gateway stays up. */
export async function pause(cli: Cli): Promise<void> {
  const { halted } = await withGateway(cli, false, (gateway) => gateway.request('pause', {}));
  if (cli.out.json) return cli.out.object({ halted });
  cli.out.data(`${haltWords(halted)}.`);
  cli.out.say('Messages are kept. What runs comes to its end, and questions can be answered.');
  cli.out.hint('Undo:   atom resume');
}
