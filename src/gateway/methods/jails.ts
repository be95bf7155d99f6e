import type { Atom } from '../../atom.ts';
import { digestOf } from '../../base/digest.ts';
import type { JailSpec } from '../../domain/jail.ts';
import { namesake, widened, wideningWords } from '../../domain/jail-widening.ts';
import type { Methods } from '../kernel.ts';
import { proveWider } from './proof.ts';

/** The folders that commands may touch, and how. Letting commands do more needs the second factor. */
export const jailMethods = ({
  jails,
  records,
}: Atom): Pick<Methods, 'jails.list' | 'jails.check' | 'jails.reload'> => ({
  'jails.list': async () => ({
    jails: jails.list(),
    status: await jails.status(),
    waiting: jails.waiting(),
  }),
  'jails.check': async ({ name }) => ({
    status: await jails.check(),
    ...(name === undefined ? {} : { checks: await jails.tryIn(name) }),
  }),
  'jails.reload': async ({ code }) => {
    const next = await jails.read();
    const known = jails.list();
    const more = widened(known, next);
    if (more.length > 0) {
      const words = `Letting commands in ${more.map((jail) => moreWords(known, jail)).join('; in ')}`;
      await proveWider(records.factor, code, {
        purpose: `jails ${digestOf(next.map(plain))}`,
        words,
      });
    }
    jails.use(next);
    await records.store.tx((sql) =>
      records.audit(sql, 'jails.changed', { jails: next.map(plain) }),
    );
    return { jails: next };
  },
});

const plain = (jail: JailSpec) => ({ ...jail });

const moreWords = (known: readonly JailSpec[], jail: JailSpec): string =>
  `${jail.name} ${wideningWords(namesake(known, jail), jail).join(', ')}`;
