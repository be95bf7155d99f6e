/** Characters of a message. Source: developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages. */
export const MOST = 4096;

/** Characters that a text may have, so that it fits as code if it must. */
export const MOST_WORDS = MOST - '```\n\n```'.length;
