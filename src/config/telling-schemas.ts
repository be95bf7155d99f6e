import { alertsSchema } from './alerts-schema.ts';
import { notifySchema } from './notify-schema.ts';

/** Where the owner is told of what happens. */
export const tellingSchemas = { alerts: alertsSchema, notify: notifySchema } as const;
