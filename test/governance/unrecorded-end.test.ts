import { expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import type { Action } from '../../src/domain/action.ts';
import type { Store } from '../../src/domain/store.ts';
import { freshStore, heldClock } from '../store/fresh.ts';
import { setGovernor } from './stage.ts';

const broken = (): AtomError => new AtomError('failed', 'The disk reported an error.');

/** A governor whose store fails while an action runs, which fails with it the first time, until `mend`. */
async function setFailing(name: string) {
  const { store } = await freshStore();
  let down = false;
  let tries = 0;
  const failing: Store = {
    ...store,
    tx: (work) => (down ? Promise.reject(broken()) : store.tx(work)),
  };
  const action: Action = {
    name,
    prepare: async (resource) => ({
      resource,
      facts: {},
      leaves: 'nobody',
      card: { kind: 'message', words: ['hello'], may: [], undo: 'none' },
    }),
    execute: async () => {
      tries += 1;
      if (tries > 1) return { tries };
      down = true;
      throw broken();
    },
  };
  const { perform } = await setGovernor({ store: failing, clock: heldClock(1), actions: [action] });
  return {
    ask: () => perform({ id: 'e:1', action: name, resource: {}, context: {} }),
    mend: () => {
      down = false;
    },
  };
}

it('says of an answer that was not queued that it failed, though that is not on record, and tries again', async () => {
  const { ask, mend } = await setFailing('message.reply');
  expect(await ask()).toMatchObject({ ok: false, reason: 'failed' });
  mend();
  expect(await ask()).toEqual({ ok: true, value: { tries: 2 } });
});

it('is not sure of anything else', async () => {
  const { ask } = await setFailing('file.read');
  expect(await ask()).toMatchObject({ ok: false, reason: 'uncertain' });
});
