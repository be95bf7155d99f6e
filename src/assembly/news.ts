import type { Perform } from '../domain/action.ts';
import { startAlarms } from './alarms.ts';
import { startAnalytics } from './analytics/keep.ts';
import { startAnnouncements } from './announcements.ts';
import type { Channels } from './channels.ts';
import { startDigest } from './digest.ts';
import { tellOfHalts } from './halt.ts';
import { type Notices, startNotices } from './notices.ts';
import type { AtomOptions } from './parts.ts';
import { startPeopleNews } from './people-news.ts';
import type { Records } from './record.ts';
import { startRetention } from './retention.ts';
import type { Skills } from './skills.ts';
import { tellClients } from './tell-clients.ts';

export interface NewsParts {
  readonly records: Records;
  readonly channels: Channels;
  readonly skills: Skills;
  readonly performAsSystem: Perform;
}

export interface News {
  readonly notices: Notices;
  /** Resolves once what was heard is kept. */
  stop(): Promise<void>;
}

/** Has the owner, and whoever watches, told of what happens by itself. */
export function startNews(options: AtomOptions, parts: NewsParts): News {
  const { records, channels, skills, performAsSystem } = parts;
  const stops = [
    startAlarms(options, parts),
    startAnalytics(options, records),
    startRetention(options, records, skills),
    startDigest(options, { records, channels }),
    startPeopleNews(options, parts),
    startAnnouncements(options, parts),
    tellOfHalts(options, records, performAsSystem),
    ...tellClients(options, records),
  ];
  const notices = startNotices(options, parts);
  return {
    notices,
    stop: async () => {
      for (const stop of stops) stop();
      await notices.stop();
    },
  };
}
