import { addAlerts } from './alerts.ts';
import { addAudit } from './audit.ts';
import { addBackup } from './backup.ts';
import { addDoctor } from './care.ts';
import { addChannels } from './channels.ts';
import { addDaemon } from './daemon.ts';
import { addEdition } from './edition.ts';
import { addLogs } from './logs.ts';
import { addNotify } from './notify.ts';
import { addQueues } from './queues.ts';
import { addSessions } from './sessions.ts';
import { addConfig, addSecrets } from './settings.ts';

/** The commands that keep a profile well. */
export const upkeep = [
  ...[
    addSessions,
    addChannels,
    addAlerts,
    addNotify,
    addConfig,
    addEdition,
    addSecrets,
    addQueues,
    addAudit,
    addBackup,
    addDaemon,
    addLogs,
    addDoctor,
  ],
] as const;
