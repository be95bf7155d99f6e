import { connectGateway } from '../../src/bridge/connect.ts';
import type { Gateway as Bridge } from '../../src/bridge/gateway.ts';
import { spread } from './measure.ts';
import { type Limit, type Row, timed } from './table.ts';

export const MESSAGES = 60;
const SKILLS = 15;

/** From a message to its reply through a gateway; `least` is what a jail costs at the very least here. */
export async function timeMessages(socketPath: string, least?: Limit): Promise<readonly Row[]> {
  const bridge = await connectGateway({ socketPath, client: 'cli', events: true });
  for (let i = 0; i < 5; i++) await ask(bridge, 'list files', `warm${i}`);
  const [command, words, skill]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < MESSAGES; i++) {
    command.push(await ask(bridge, 'list files', `command${i}`));
    words.push(await ask(bridge, '/help', `words${i}`));
  }
  for (let i = 0; i < SKILLS; i++)
    skill.push(await ask(bridge, 'summary of this folder', `skill${i}`));
  bridge.close();
  return [
    timed('message to reply, no command', spread(words)),
    timed('message to jailed command to reply', spread(command), least),
    timed('message to skill in a jail of its own to reply', spread(skill), least),
  ];
}

/** Says something and waits for its reply; the time between, in ms. */
async function ask(bridge: Bridge, text: string, key: string): Promise<number> {
  const start = performance.now();
  const replied = new Promise<void>((done) => {
    const off = bridge.on((event) => {
      if (event.kind !== 'message' || event.inReplyTo === undefined) return;
      off();
      done();
    });
  });
  await bridge.request('chat.send', { text, key });
  await replied;
  return performance.now() - start;
}
