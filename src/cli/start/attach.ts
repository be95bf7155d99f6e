import { type Cli, requirePerson } from '../cli.ts';
import { connect } from '../gateway.ts';
import { showUi } from './show-ui.ts';

/** Opens the terminal UI of a gateway that runs already; leaving it leaves the gateway running. */
export async function attach(cli: Cli): Promise<number> {
  requirePerson(cli, 'The terminal UI needs a terminal', 'Say one thing:   atom chat "hello"');
  const gateway = await connect(cli, { client: 'ui', events: true });
  try {
    return await showUi({ cli, gateway, attached: true });
  } finally {
    gateway.close();
  }
}
