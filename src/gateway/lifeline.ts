import { Socket } from 'node:net';

/**
 * Watches the pipe that ties a gateway to the terminal that started it. However that process ends,
 * the system closes its end and `onEnd` is called once.
 */
export function watchLifeline(fd: number, onEnd: () => void): void {
  const pipe = new Socket({ fd, readable: true, writable: false });
  pipe.once('close', onEnd);
  pipe.on('error', () => pipe.destroy());
  pipe.resume();
}
