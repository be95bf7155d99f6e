import { expect, it } from 'vitest';
import { giveSession } from '../../src/assembly/agent-choice.ts';
import { createTalkDoor } from '../../src/assembly/talk-door.ts';
import { newId } from '../../src/base/ids.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import type { Role } from '../../src/domain/role.ts';
import { stopHere } from '../../src/ingress/stop-here.ts';
import { answerTalk } from '../../src/ingress/talk-answers.ts';
import { sessionByKey } from '../../src/store/tables/sessions.ts';
import { setTalkModel } from '../../src/store/tables/talks.ts';
import { appendItem } from '../../src/store/tables/transcript.ts';
import { openKernel } from '../gateway/memory-stage.ts';

const KEY = 'telegram:dm:77';
const home = { channel: 'telegram', account: 'main', peer: '77' };

/** The direct chat of a guest, and what the owner and the guest do there. */
async function openChat() {
  const { atom } = await openKernel();
  const { store } = atom.records;
  const { records, running, agents, skills } = atom;
  await agents.add({ name: 'pupil', maturity: 'student' });
  const door = createTalkDoor(atom.options, { records, running, agents, skills });
  const event: InboundEvent = {
    id: newId(),
    externalId: 'x',
    from: home,
    sender: { id: '77' },
    kind: 'message',
    text: '',
    media: [],
    isGroup: false,
    mentionsMe: true,
    at: 2,
  };
  const give = (agent: string) =>
    store.tx((sql) => giveSession(sql, { key: KEY, home, agent, now: 1 }));
  await give('atom');
  const session = async () => await sessionByKey(store, KEY);
  const id = (await session())?.id ?? '';
  return {
    give,
    session,
    say: (text: string) =>
      appendItem(store, {
        session: id,
        event: 'e',
        at: 1,
        labels: { integrity: 'untrusted', confidentiality: 'public' },
        item: { role: 'user', text, sender: '77' },
      }),
    choose: (model: string | undefined) => setTalkModel(store, id, model),
    goBack: (role: Role, number: number) =>
      answerTalk(door, { kind: 'sessions', number }, { session: KEY, event, role }),
    anew: (role: Role) =>
      stopHere({ store, stopTurn: () => false }, event, { session: KEY, role, fresh: true }),
  };
}

it('a guest does not take back which agent the owner chose, and the owner does', async () => {
  const { say, give, goBack, anew, session } = await openChat();
  await say('hi');
  await give('pupil');
  expect(await goBack('guest', 1)).toContain('only an owner of mine');
  expect((await session())?.agent).toBe('pupil');
  await say('hello pupil');
  await anew('guest');
  expect(await goBack('guest', 2)).toContain('“hello pupil”');
  expect(await goBack('owner', 1)).toContain('“hi”');
  expect((await session())?.agent).toBe('atom');
});

it('a guest does not take back which model the owner chose, neither by going back nor by a fresh start', async () => {
  const { say, choose, goBack, anew, session } = await openChat();
  await say('hi');
  await anew('guest');
  await choose('local/small');
  await say('hello');
  expect(await goBack('guest', 1)).toContain('only an owner of mine');
  await anew('guest');
  expect((await session())?.model).toBe('local/small');
  await anew('guest');
  expect((await session())?.model).toBe('local/small');
  await anew('owner');
  expect((await session())?.model).toBeUndefined();
});
