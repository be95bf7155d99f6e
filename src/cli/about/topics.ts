import { careTopics } from './care-topics.ts';
import { controlTopics } from './control-topics.ts';

/** What `atom help <topic>` says. */
export const topics: Readonly<Record<string, string>> = { ...controlTopics, ...careTopics };
