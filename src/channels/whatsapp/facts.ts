import type { ChannelFacts } from '../../domain/channel.ts';
import { MOST_WORDS } from '../whatsapp-words/most.ts';

const MB = 1024 * 1024;

/**
 * WhatsApp publishes no limits for a linked device, so these are a person's: a message every two seconds
 * to one chat, twenty a minute over all. It could edit what it sent for a quarter of an hour; progress
 * would be an edit a second, which nobody does, so `edits` is false and only cards are edited.
 */
export const whatsappFacts: ChannelFacts = {
  name: 'whatsapp',
  label: 'WhatsApp',
  transport: 'linked device, unofficial',
  threads: false,
  buttons: false,
  edits: false,
  // What phones take; as a document more would go, and nobody wants it on a phone.
  media: { image: 16 * MB, audio: 16 * MB, video: 16 * MB, file: 100 * MB },
  // The id of a message is made from ours, and phones show an id once.
  idempotentSend: true,
  // The rest is decided at the terminal.
  mostFactor: 'typed',
  maxLength: MOST_WORDS,
  rate: { chat: { count: 1, ms: 2000 }, overall: { count: 20, ms: 60_000 } },
};

/** The library that speaks WhatsApp's protocol: this very version, for it has no stable one. */
export const LIBRARY = {
  name: '@whiskeysockets/baileys',
  version: '7.0.0-rc14',
  /** Of the package as it was when atom was tried with it; npm's own form. */
  integrity:
    'sha512-WK+X8ju8TPGxvWIsP8hrY6JB6FltYuFe+vsqKfjOYX25JObij9qLf2c3ZGdl1Q+vhFwbnT+AZmWAB5pTvzmSiQ==',
} as const;
