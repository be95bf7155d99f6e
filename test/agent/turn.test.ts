import { describe, expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import type { Outcome } from '../../src/domain/action.ts';
import type { Sql } from '../../src/domain/store.ts';
import { call, done, message, reply, session, setStage } from './stage.ts';

const listThenReply = (input: { readonly step: number }) =>
  input.step === 0
    ? call('c1', 'shell_exec', { argv: ['ls'], because: 'to look' })
    : reply('There.');

const refusedWith = async (outcome: Outcome) => {
  const stage = setStage({ plan: listThenReply, perform: async () => outcome });
  return { result: await stage.say('e1', 'list'), stage };
};

describe('a turn', () => {
  it('runs what the planner asks for and gives its reply', async () => {
    const stage = setStage({ plan: listThenReply });
    const result = await stage.say('e1', 'what is here?');
    expect(result).toEqual({ kind: 'replied', text: 'There.' });
    expect(stage.intents).toEqual([
      {
        id: 'e1:c1',
        action: 'shell.exec',
        resource: { argv: ['ls'] },
        context: { session: 's1', event: 'e1', because: 'to look' },
      },
    ]);
    expect(stage.items().map((item) => item.role)).toEqual([
      'user',
      'assistant',
      'tool',
      'assistant',
    ]);
    expect(stage.items()[2]).toMatchObject({ ok: true, text: 'ok' });
    expect(stage.states.map((state) => state.step)).toEqual([
      'started',
      'thinking',
      'acting',
      'thinking',
      'ended',
    ]);
  });

  it('labels the message as the owner’s, results as their tool says, and replies as everything seen', async () => {
    const stage = setStage({ plan: listThenReply });
    await stage.say('e1', 'what is here?');
    expect(stage.entries.map((entry) => entry.labels.integrity)).toEqual([
      'owner',
      'owner',
      'local',
      'local',
    ]);
  });

  it.each([
    ['atom’s own words are as bad as the asking was', { own: true } as const, 'public'],
    ['any other refusal is as its tool says', {}, 'private'],
  ])('of a refusal, %s', async (_what, more, confidentiality) => {
    const said = { ok: false, reason: 'blocked', message: 'x leads out.', ...more } as const;
    const stage = setStage({ plan: listThenReply, sees: 'turn', perform: async () => said });
    const group = { ...message('e1', 'list'), isGroup: true };
    await stage.turn.run({ event: group, session }, new AbortController().signal);
    expect(stage.entries.at(2)?.labels).toEqual({ integrity: 'local', confidentiality });
  });

  it('of a refusal, atom’s own words hold what was asked for, which may be private', async () => {
    const said = { ok: false, reason: 'blocked', message: 'x leads out.', own: true } as const;
    const stage = setStage({ plan: listThenReply, perform: async () => said });
    const labels = { integrity: 'untrusted', confidentiality: 'secret' } as const;
    const item = { role: 'note', text: 'the code is x' } as const;
    stage.entries.push({ seq: 0, session: 's1', event: 'e0', labels, item, at: 0 });
    await stage.say('e1', 'list');
    expect(stage.entries.at(3)).toMatchObject({ labels, item: { role: 'tool' } });
  });

  it('passes on what runs and what the planner says, as it comes', async () => {
    const stage = setStage({
      plan: (input, _signal, onText) => {
        onText(`thinking ${input.step};`);
        return listThenReply(input);
      },
      perform: async (_intent, options) => {
        options?.onUpdate?.({ stream: 'stdout', text: 'a.txt;' });
        return done('a.txt');
      },
    });
    await stage.say('e1', 'list');
    expect(stage.output.join('')).toBe('thinking 0;a.txt;thinking 1;');
  });

  it('makes several calls in the order they were asked for', async () => {
    const stage = setStage({
      plan: ({ step }) =>
        step > 0
          ? reply('Both.')
          : {
              text: '',
              calls: ['a', 'b'].map((id) => ({ id, tool: 'file_read', input: { path: id } })),
            },
    });
    await stage.say('e1', 'read both');
    expect(stage.intents.map((intent) => intent.id)).toEqual(['e1:a', 'e1:b']);
  });

  it('tells the planner about a tool that does not exist and input that is wrong, and goes on', async () => {
    const stage = setStage({
      plan: ({ step }) =>
        [call('a', 'teleport', {}), call('b', 'shell_exec', { argv: 'ls' })][step] ??
        reply('Sorry.'),
    });
    const result = await stage.say('e1', 'beam me up');
    expect(result.kind).toBe('replied');
    expect(stage.intents).toEqual([]);
    expect(stage.items()[2]).toMatchObject({
      ok: false,
      text: expect.stringContaining('shell_exec'),
    });
    expect(stage.items()[4]).toMatchObject({ ok: false, text: expect.stringContaining('argv') });
  });

  it.each([
    ['denied', 'declined'],
    ['expired', 'declined'],
    ['policy', 'blocked'],
    ['blocked', 'blocked'],
    ['failed', 'replied'],
    ['uncertain', 'replied'],
  ] as const)('whose call was refused because %s ends as %s', async (reason, kind) => {
    const { result, stage } = await refusedWith({ ok: false, reason, message: 'No.' });
    expect(result).toEqual({ kind, text: 'There.' });
    expect(stage.items()[2]).toMatchObject({ ok: false, text: 'No.' });
  });

  it('ends when the owner denies and stops the task', async () => {
    const { result, stage } = await refusedWith({ ok: false, reason: 'stopped', message: 'Stop.' });
    expect(result.kind).toBe('stopped');
    expect(stage.asked).toHaveLength(1);
    expect(stage.items().at(-1)).toMatchObject({ role: 'note' });
  });

  it.each([
    ['conversation', 'untrusted'],
    ['turn', 'owner'],
  ] as const)(
    'of a planner that sees the %s carries the labels of that and no more',
    async (sees, integrity) => {
      const stage = setStage({ plan: () => reply('Hello.'), sees });
      const untrusted = { integrity: 'untrusted', confidentiality: 'public' } as const;
      const item = { role: 'note', text: 'words of somebody else' } as const;
      stage.entries.push({ seq: 0, session: 's', event: 'e0', labels: untrusted, item, at: 0 });
      await stage.say('e1', 'hello');
      expect(stage.entries.at(-1)?.labels.integrity).toBe(integrity);
    },
  );

  it('gives up after the cap of steps and says so, also when taken again', async () => {
    const stage = setStage({
      plan: ({ step }) => call(`c${step}`, 'shell_exec', { argv: ['ls'] }),
      deps: { maxSteps: 3 },
    });
    const result = await stage.say('e1', 'loop');
    expect(stage.asked).toHaveLength(3);
    expect(result).toMatchObject({ kind: 'failed', text: expect.stringContaining('3 steps') });
    expect(await stage.say('e1', 'loop')).toEqual(result);
  });

  it('says why a planner failed and what to do', async () => {
    const stage = setStage({
      plan: () => {
        throw new AtomError('credentials', 'There is no key.', { next: ['atom models set'] });
      },
    });
    const result = await stage.say('e1', 'hello');
    expect(result).toEqual({ kind: 'failed', text: 'There is no key.\natom models set' });
    expect(stage.items().at(-1)).toMatchObject({ role: 'note' });
  });

  it('stops while the planner thinks', async () => {
    const controller = new AbortController();
    const stage = setStage({
      plan: () => {
        controller.abort();
        throw controller.signal.reason;
      },
    });
    const result = await stage.say('e1', 'hello', controller.signal);
    expect(result.kind).toBe('stopped');
    expect(stage.items().at(-1)).toMatchObject({ role: 'note', text: 'Stopped.' });
  });
});

describe('a result that is written with the end of its run', () => {
  /** The door and the governor of a turn that ends runs in transactions of its own; `mine`: the turn still is. */
  const setJoined = (mine: boolean, outcome: Outcome, stands = true) => {
    const stage = setStage({ plan: listThenReply });
    const joined = setStage({
      plan: listThenReply,
      perform: async (_, options) => {
        const told = await options?.alongside?.(undefined as unknown as Sql, outcome);
        if (stands) told?.();
        return outcome;
      },
      deps: {
        transcript: {
          goesOn: async () => true,
          load: async () => [...stage.entries],
          append: async (entry) => void stage.entries.push({ ...entry, seq: 1, at: 0 }),
          appendIn: async (_, entry) => {
            if (mine && stands) stage.entries.push({ ...entry, seq: 2, at: 0 });
            return mine;
          },
          sumUp: async () => false,
        },
      },
    });
    const tools = () => stage.entries.flatMap(({ item, seq }) => (item.role === 'tool' ? seq : []));
    return { say: () => joined.say('e1', 'list'), tools };
  };

  it.each([
    ['is not written again', done('ok\n')],
    [
      'is not written again where it failed',
      { ok: false, reason: 'failed', message: 'no' } as const,
    ],
  ])('%s', async (_, outcome) => {
    const { say, tools } = setJoined(true, outcome);
    expect(await say()).toMatchObject({ text: 'There.' });
    expect(tools()).toEqual([2]);
  });

  it('is written by itself where that came to nothing', async () => {
    const [anothers, rolledBack] = [
      setJoined(false, done('ok\n')),
      setJoined(true, done(''), false),
    ];
    for (const { say, tools } of [anothers, rolledBack]) {
      await say();
      expect(tools()).toEqual([1]);
    }
  });
});

describe('a turn taken again after a crash', () => {
  /** Dies at the n-th write, then is taken again: whatever n is, the end is the same. */
  it.each([0, 1, 2, 3, 4])('goes on where it was, wherever it died (write %i)', async (dies) => {
    let writes = 0;
    const stage = setStage({ plan: listThenReply });
    const dying = setStage({
      plan: listThenReply,
      perform: async () => done('ok\n'),
      deps: {
        transcript: {
          goesOn: async () => true,
          load: async () => [...stage.entries],
          append: async (entry) => {
            if (writes++ === dies) throw new Error('power cut');
            stage.entries.push({ ...entry, seq: writes, at: 0 });
          },
          sumUp: async () => false,
        },
      },
    });
    await dying.say('e1', 'list').catch((error: Error) => expect(error.message).toBe('power cut'));
    const before = stage.entries.length;
    expect(before).toBe(Math.min(dies, 4));
    expect(await stage.say('e1', 'list')).toEqual({ kind: 'replied', text: 'There.' });
    expect(stage.items().map((item) => item.role)).toEqual([
      'user',
      'assistant',
      'tool',
      'assistant',
    ]);
    expect(new Set([...dying.intents, ...stage.intents].map((intent) => intent.id))).toEqual(
      new Set(['e1:c1']),
    );
    expect(stage.intents).toHaveLength(dies > 2 ? 0 : 1);
  });

  it('makes an interrupted call again under the same id', async () => {
    const controller = new AbortController();
    let tries = 0;
    const stage = setStage({
      plan: listThenReply,
      perform: async () => {
        if (tries++ > 0) return done('ok\n');
        controller.abort();
        return { ok: false, reason: 'stopped', message: 'Shutting down.' };
      },
    });
    expect((await stage.say('e1', 'list', controller.signal)).kind).toBe('stopped');
    expect((await stage.say('e1', 'list')).kind).toBe('replied');
    expect(stage.intents.map((intent) => intent.id)).toEqual(['e1:c1', 'e1:c1']);
  });
});
