import { setImmediate } from 'node:timers/promises';
import { glanceAt } from '../../config/glance.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { connect } from '../gateway.ts';
import { loadUi, showUi } from './show-ui.ts';
import { talkingTo } from './talking-to.ts';

/**
 * Opens the terminal UI of a gateway that runs already, for the conversation of one agent where it is
 * named; leaving it leaves the gateway running.
 */
export async function attach(cli: Cli, agent?: string): Promise<number> {
  requirePerson(cli, 'The terminal UI needs a terminal', 'Say one thing:   atom chat "hello"');
  const seen = glanceAt(cli.paths);
  const connecting = connect(cli, { client: 'ui', events: true });
  // The gateway is greeted before the UI is loaded, and answers meanwhile.
  await Promise.race([connecting, setImmediate()]);
  const [gateway] = await Promise.all([connecting, loadUi(cli)]);
  try {
    if (agent === undefined) return await showUi({ cli, gateway, seen, attached: true });
    // Throws where there is no agent of that name, before anything is drawn.
    await gateway.request('agents.show', { name: agent });
    return await showUi({ cli, gateway: talkingTo(gateway, agent), seen, attached: true });
  } finally {
    gateway.close();
  }
}
