import { type ChannelAnswers, channelParams } from './channel-methods.ts';
import { type FilesAnswers, filesParams } from './files-methods.ts';
import { type MetricsAnswers, metricsParams } from './metrics-methods.ts';
import { type NotifyAnswers, notifyParams } from './notify-methods.ts';
import { type QuarantineAnswers, quarantineParams } from './quarantine-methods.ts';
import { type QueueAnswers, queueParams } from './queue-methods.ts';
import { type RunAnswers, runParams } from './run-methods.ts';
import { type UndoAnswers, undoParams } from './undo-methods.ts';
import { type WorkAnswers, workParams } from './work-methods.ts';

/** Parameters of what looks after things that were kept: copies, strangers' words, what was moved out, queues, runs, chats, counts, what is told, and what agents work with. */
export const keepingParams = {
  ...undoParams,
  ...filesParams,
  ...quarantineParams,
  ...queueParams,
  ...runParams,
  ...channelParams,
  ...metricsParams,
  ...notifyParams,
  ...workParams,
} as const;

export interface KeepingAnswers
  extends UndoAnswers,
    FilesAnswers,
    QuarantineAnswers,
    QueueAnswers,
    RunAnswers,
    ChannelAnswers,
    MetricsAnswers,
    NotifyAnswers,
    WorkAnswers {}
