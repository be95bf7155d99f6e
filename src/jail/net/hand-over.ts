// The program that begins inside a jail with a network: it listens where the command will look for a
// proxy, hands that listener to the gateway, and becomes the command. So the gateway answers in person,
// and by the time anything foreign runs there is neither a process of ours nor a way to the gateway
// but HTTP. It imports nothing but Node, so that it can be shown to a jail as the single file that it is.
//   hand-over PORT PROGRAM ARGUMENTS…
import { createServer } from 'node:net';

type Env = Record<string, string>;

const [, , port, ...command] = process.argv;
const { execve } = process;
// Then nothing is handed over, and the gateway says that the jail could not be built.
if (!execve) throw new Error('this Node cannot become another program: atom needs 22.18 or later');
const listener = createServer();

// What Node ignores, the command would ignore too; what has a listener is set back when it begins.
for (const signal of ['SIGPIPE', 'SIGXFSZ'] as const) process.on(signal, () => undefined);

process.once('message', (env: Env) => {
  process.once('disconnect', () => execve(command[0] ?? '', command, env));
  process.disconnect?.();
});
listener.listen(Number(port), '127.0.0.1', () => process.send?.('listening', listener));
