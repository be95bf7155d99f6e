import { AtomError } from '../base/errors.ts';
import { redact } from '../base/redact.ts';
import type { MemoryDeps } from './memory-deps.ts';

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
