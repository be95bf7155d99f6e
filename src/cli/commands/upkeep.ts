import { addAlerts } from './alerts.ts';
import { addAudit } from './audit.ts';
import { addBackup } from './backup.ts';
import { addDoctor } from './care.ts';
import { addChannels } from './channels.ts';
import { addDaemon } from './daemon.ts';
import { addLogs } from './logs.ts';
import { addQueues } from './queues.ts';
import { addSessions } from './sessions.ts';
import { addConfig, addSecrets } from './settings.ts';

/** The commands that keep a profile well. */
export const upkeep = [
  ...[
    addSessions,
    addChannels,
    addAlerts,
    addConfig,
    addSecrets,
    addQueues,
    addAudit,
    addBackup,
    addDaemon,
    addLogs,
    addDoctor,
  ],
] as const;
