import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import type { Brought } from '../../../src/channels/slack/brought.ts';
import { isElsewhere } from '../../../src/channels/slack/brought.ts';
import { messageOf, pressOf, typedOf } from '../../../src/channels/slack/events.ts';

const me = { user: 'U1', name: 'atom', team: 'T1', teamName: 'Acme' };
const event = (payload: object): Brought => ({ kind: 'event', payload: { ...payload } });
const press = (payload: object): Brought => ({ kind: 'interaction', payload: { ...payload } });
const command = (form: Record<string, string>): Brought => ({
  kind: 'command',
  form: new URLSearchParams(form),
});

describe('what Slack brings', () => {
  it.each([
    event({ team_id: 'T2' }),
    event({ team_id: 'T2', authorizations: [{ team_id: 'T2', is_enterprise_install: false }] }),
    press({ team: { id: 'T2' } }),
    command({ team_id: 'T2', is_enterprise_install: 'false' }),
  ])('is passed over where another workspace has the same app: %j', (brought) => {
    expect(isElsewhere(brought, me)).toBe(true);
  });

  it.each([
    event({}),
    event({ team_id: 'T1' }),
    // In a channel that two workspaces share, it may have happened in the other one.
    event({ team_id: 'T2', authorizations: [{ team_id: 'T1' }] }),
    event({ team_id: 'T2', authorizations: [{ team_id: null, is_enterprise_install: true }] }),
    press({ team: { id: 'T1' } }),
    press({ team: null, is_enterprise_install: true }),
    command({ team_id: 'T1' }),
    command({ team_id: 'T2', is_enterprise_install: 'true' }),
  ])('is taken from our own, or where one token is for all: %j', (brought) => {
    expect(isElsewhere(brought, me)).toBe(false);
  });
});

describe('somebody of another workspace, in a channel that is shared', () => {
  const deps = { clock: systemClock, newId: () => 'e1' };
  const own = { ...me, team: 'T111' };
  const written = (extra: object) =>
    messageOf(
      deps,
      {
        type: 'app_mention',
        channel: 'C123',
        ts: '1700000000.000001',
        user: 'U222',
        text: 'hello',
        ...extra,
      },
      own,
    );

  it.each([
    { user_team: 'T222' },
    { source_team: 'T222' },
    { team: 'T222' },
    { user_team: 'T222', team: 'T111' },
  ])('is told apart from the one of ours with the same id: %j', (extra) => {
    expect(written(extra)).toMatchObject({ sender: { id: 'U222@T222' } });
  });

  it('is nobody where the workspace makes no sense, and ours where it is ours', () => {
    expect(written({ user_team: 'x@y' })).toBeUndefined();
    expect(written({ user: 'U222@T111' })).toBeUndefined();
    // In a channel that is shared, whoever says nothing of it may be anybody.
    expect(written({ is_ext_shared_channel: true })).toBeUndefined();
    expect(written({ is_ext_shared_channel: true, team: 'T111' })).toMatchObject({
      sender: { id: 'U222' },
    });
    for (const ours of [{}, { user_team: 'T111', source_team: 'T111' }, { user_team: null }])
      expect(written(ours)).toMatchObject({ sender: { id: 'U222' } });
  });

  it('stays so when they press, edit, or write to us alone', () => {
    const container = { channel_id: 'D123', message_ts: '1700000000.000001' };
    const user = { id: 'U222', team_id: 'T222' };
    const pressed = pressOf(deps, { user, container, actions: [{ value: 'v1:yes' }] }, own);
    expect(pressed).toMatchObject({ sender: { id: 'U222@T222' }, from: { peer: 'U222@T222' } });
    const typed = typedOf(deps, { user, id: 'V1', text: 'ok k7p2' }, own);
    expect(typed).toMatchObject({ sender: { id: 'U222@T222' }, from: { peer: 'U222@T222' } });
    const message = {
      ts: '1700000000.000001',
      user: 'U222',
      user_team: 'T222',
      text: 'hi',
      edited: {},
    };
    const edited = { type: 'message', subtype: 'message_changed', channel: 'D123', message };
    expect(messageOf(deps, edited, own)).toMatchObject({
      sender: { id: 'U222@T222' },
      kind: 'edit',
    });
  });
});
