// The limited Bot API in a process of its own: when a message arrives must not hang on what its sender does.
import { startLimitedTelegram } from './limited-telegram.ts';

const { apiRoot, tally } = await startLimitedTelegram();
process.send?.(apiRoot);
process.on('message', () => process.send?.(tally));
process.on('disconnect', () => process.exit());
