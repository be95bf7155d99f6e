import { asAtomError } from '../../base/errors.ts';
import type { UiEnding, UiOptions } from '../options.ts';
import { type Row, row } from '../text/spans.ts';

export interface Stopper {
  /** Ctrl-C: the first time asks to stop, the second time does not wait. */
  interrupt(): void;
  /** True from the first Ctrl-C, or once the gateway said that it stops. */
  readonly isStopping: () => boolean;
  gatewayStops(): void;
  /** Leaves without stopping anything. */
  leave(): void;
  /** How it ended; resolves once. */
  readonly ended: Promise<UiEnding>;
}

type StopperDeps = Pick<UiOptions, 'gateway' | 'onStop' | 'attached'> & {
  print(rows: readonly Row[]): void;
};

/** What Ctrl-C, the end of input and the end of the connection mean. */
export function createStopper({ gateway, onStop, attached, print }: StopperDeps): Stopper {
  const { promise, resolve } = Promise.withResolvers<UiEnding>();
  let isStopping = false;
  const ask = async (force: boolean): Promise<void> => {
    try {
      await onStop(force);
    } catch (thrown) {
      print([row(asAtomError(thrown).message, 'danger')]);
    }
  };
  void gateway.closed.then(({ by, message }) => {
    if (isStopping) return resolve({ kind: 'stopped', forced: false });
    if (by === 'us') return resolve({ kind: 'left' });
    print([row(`${message} It is not running any more, or cannot be reached.`, 'danger')]);
    resolve({ kind: 'lost', message });
  });
  return {
    interrupt() {
      if (attached) return resolve({ kind: 'left' });
      if (isStopping) {
        void ask(true).then(() => resolve({ kind: 'stopped', forced: true }));
        return;
      }
      isStopping = true;
      print([row('Stopping after the current step… press Ctrl-C again to stop now', 'caution')]);
      void ask(false);
    },
    isStopping: () => isStopping,
    gatewayStops() {
      isStopping = true;
    },
    leave: () => resolve({ kind: 'left' }),
    ended: promise,
  };
}
