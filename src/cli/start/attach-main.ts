import { runAlone } from '../run-alone.ts';
import { attach } from './attach.ts';

/** `atom attach` and `atom chat`, with nothing behind them: built as one file, as `atom status` is. */
export const main = (): Promise<void> => runAlone({}, (cli) => attach(cli));
