import type { Atom } from '../../atom.ts';
import { digestOf } from '../../base/digest.ts';
import { type JailSpec, widened } from '../../domain/jail.ts';
import type { Methods } from '../kernel.ts';
import { prove } from './proof.ts';

/** The folders that commands may touch. One more, or one that may be written now, needs the second factor. */
export const jailMethods = ({
  jails,
  records,
}: Atom): Pick<Methods, 'jails.list' | 'jails.check' | 'jails.reload'> => ({
  'jails.list': async () => ({ jails: jails.list(), status: jails.status() }),
  'jails.check': async () => ({ status: await jails.check() }),
  'jails.reload': async ({ code }) => {
    const next = await jails.read();
    const more = widened(jails.list(), next);
    if (more.length > 0 && (await records.factor.enrolled())) {
      const words = `Letting commands into ${more.map(jailWords).join(', ')}`;
      await prove(records.factor, code, { purpose: `jails ${digestOf(next.map(plain))}`, words });
    }
    jails.use(next);
    await records.store.tx((sql) =>
      records.audit(sql, 'jails.changed', { jails: next.map(plain) }),
    );
    return { jails: next };
  },
});

const plain = (jail: JailSpec) => ({ ...jail });

const jailWords = ({ name, folder, mode }: JailSpec): string => `${name} (${folder}, ${mode})`;
