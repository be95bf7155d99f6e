import { connect, createServer, type Socket } from 'node:net';

/** A Unix socket in front of another one, with somebody's hand on it. */
export interface Line {
  readonly path: string;
  /** Ends every connection at once. */
  cut(): void;
  /** From now on nothing gets through, and nobody is told. `false`: new connections work again. */
  mute(on: boolean): void;
  close(): void;
}

/** Lays a line to the socket at `target`; it may be connected to before that is there. */
export async function layLine(path: string, target: string): Promise<Line> {
  const ends = new Set<Socket>();
  let muted = false;
  const server = createServer((near) => {
    const far = connect(target);
    let deaf = false;
    const pass = (from: Socket, to: Socket): void => {
      ends.add(from);
      from.on('data', (part) => {
        deaf ||= muted;
        if (!deaf) to.write(part);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        ends.delete(from);
        to.destroy();
      });
    };
    pass(near, far);
    pass(far, near);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const cut = (): void => {
    for (const end of ends) end.destroy();
  };
  return {
    path,
    cut,
    mute: (on) => {
      muted = on;
    },
    close: () => {
      cut();
      server.close();
    },
  };
}
