import { describe, expect, it } from 'vitest';
import type { Brought } from '../../../src/channels/slack/brought.ts';
import { isElsewhere } from '../../../src/channels/slack/brought.ts';

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
