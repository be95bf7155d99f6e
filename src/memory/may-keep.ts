import { AtomError } from '../base/errors.ts';
import { redact } from '../base/redact.ts';
import { sizeWords } from '../base/size.ts';
import { OWNER } from '../domain/memory.ts';
import type { Meant, MemoryDeps } from './memory-deps.ts';

/** Notes of one person but the owner with one agent, and all of their files together. */
const MOST_NOTES = 200;
const MOST_BYTES = 256 * 1024;

/** For a note, in the place of one of its name. Throws AtomError `blocked` where there is no room for it. */
export async function requireRoom(
  { place: { agent, person }, folder }: Meant,
  { text, name }: { readonly text: string; readonly name: string },
): Promise<void> {
  if (person === OWNER) return;
  const others = (await folder.files()).filter((file) => file.name !== name);
  const bytes = others.reduce((all, { size }) => all + size, Buffer.byteLength(text));
  const isMany = others.length >= MOST_NOTES;
  if (!isMany && bytes <= MOST_BYTES) return;
  const most = isMany ? `${MOST_NOTES} notes` : `${sizeWords(MOST_BYTES)} of notes`;
  throw new AtomError(
    'blocked',
    `That is not remembered: ${agent} keeps ${most} of one person, and has them.`,
    {
      next: [
        'Have some forgotten that are not needed:   what do you remember about me, then: forget note NAME',
        `Or the owner does:   atom memory list, then atom memory forget NAME`,
      ],
    },
  );
}

/** What is kept is read by models, shown in chats and copied in backups. Throws AtomError `blocked`. */
export async function refuseSecrets(
  { redaction }: Pick<MemoryDeps, 'redaction'>,
  text: string,
): Promise<void> {
  const stored = await redaction();
  if (redact(text) === text && stored(text) === text && !SAYS_PASSWORD.test(text)) return;
  throw new AtomError('blocked', 'That looks like a password or a key, and is not remembered.', {
    next: ['What a skill needs is kept by:   atom secrets set <name>'],
  });
}

/** As people say it, where a colon or a sign of equality would be a setting. */
const SAYS_PASSWORD =
  /\b(?:password|passphrase|passcode|pin|passwort|kennwort|mot de passe|contraseña|пароль)\s{1,4}(?:is|ist|lautet|est|es)\s{1,4}\S/iu;
