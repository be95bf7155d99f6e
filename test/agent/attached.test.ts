import { describe, expect, it } from 'vitest';
import type { Attached } from '../../src/agent/turn-deps.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import { message, reply, session, setStage } from './stage.ts';

const withFile: InboundEvent = {
  ...message('e1', 'what is this?'),
  media: [{ kind: 'file', id: 'f' }],
};

function stageWith(attached: Attached) {
  const asked: string[] = [];
  const stage = setStage({
    plan: () => reply('a file'),
    deps: {
      attached: async ({ event }) => {
        asked.push(event.id);
        return attached;
      },
    },
  });
  const take = (event: InboundEvent = withFile) =>
    stage.turn.run({ event, session }, new AbortController().signal);
  return { ...stage, asked, take };
}

describe('what comes with a message', () => {
  it('is noted before it, and leaves the owner’s words the owner’s', async () => {
    const { take, entries } = stageWith({ text: 'a file came', files: 1, named: true });
    await take();
    expect(entries.slice(0, 2)).toMatchObject([
      {
        item: { role: 'note', text: 'a file came', files: 1 },
        labels: { integrity: 'untrusted', confidentiality: 'private' },
        source: 'the name of a file',
      },
      { item: { role: 'user', text: 'what is this?' }, labels: { integrity: 'owner' } },
    ]);
  });

  it('is the owner’s where nothing of it is told but what atom saw itself', async () => {
    const { take, entries } = stageWith({ text: 'a picture came', files: 1, named: false });
    await take();
    expect(entries[0]).toMatchObject({ labels: { integrity: 'owner' } });
  });

  it('is not noted again where a crash cut the hearing off after it', async () => {
    const { take, entries, asked } = stageWith({ text: 'a file came', files: 1, named: true });
    await take();
    entries.splice(1);
    await take();
    expect(asked).toEqual(['e1']);
    expect(entries.filter(({ item }) => item.role === 'note')).toHaveLength(1);
  });

  it('is not asked for where there is nothing but words', async () => {
    const { take, asked } = stageWith({ text: '', files: 0, named: false });
    await take(message('e1', 'hello'));
    expect(asked).toEqual([]);
  });
});
