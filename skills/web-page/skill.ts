import { defineSkill } from 'atom-agent';
import { z } from 'zod';
import { pageText, titleOf } from './page-text.ts';

/** Whose pages it reads. Copy this folder and put yours here: another host is refused, also after a redirect. */
const HOSTS = ['en.wikipedia.org', 'www.rfc-editor.org', 'example.org'];
const MOST = 20_000;

/** An example of a skill that turns what a host says into something to read. */
export const skill = defineSkill({
  name: 'web-page',
  description: `Read a web page as text, of these hosts: ${HOSTS.join(', ')}.`,
  version: '1.0.0',
  examples: ['read the page URL', 'page as text URL'],
  complexity: 2,
  permissions: { net: HOSTS },
  input: z.strictObject({ url: z.url({ protocol: /^https$/ }).max(2000) }),
  output: z.strictObject({ text: z.string(), title: z.string() }),
  run: async ({ url }, context) => {
    const { status, text } = await context.fetch(url);
    if (status !== 200) throw new Error(`${new URL(url).host} answered ${status}.`);
    const title = titleOf(text);
    return {
      title,
      text: [title, pageText(text, MOST)].filter((part) => part !== '').join('\n\n'),
    };
  },
});
