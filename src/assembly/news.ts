import type { Perform } from '../domain/action.ts';
import { startAlarms } from './alarms.ts';
import { startAnnouncements } from './announcements.ts';
import type { Channels } from './channels.ts';
import { startDigest } from './digest.ts';
import { tellOfHalts } from './halt.ts';
import type { AtomOptions } from './parts.ts';
import { startPeopleNews } from './people-news.ts';
import type { Records } from './record.ts';
import { startRetention } from './retention.ts';
import { tellClients } from './tell-clients.ts';

export interface NewsParts {
  readonly records: Records;
  readonly channels: Channels;
  readonly performAsSystem: Perform;
}

/** Has the owner, and whoever watches, told of what happens by itself. Returns how to stop it. */
export function startNews(options: AtomOptions, parts: NewsParts): () => void {
  const { records, channels, performAsSystem } = parts;
  const stops = [
    startAlarms(options, parts),
    startRetention(options, records),
    startDigest(options, { records, channels }),
    startPeopleNews(options, parts),
    startAnnouncements(options, parts),
    tellOfHalts(options, records, performAsSystem),
    ...tellClients(options, records),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
