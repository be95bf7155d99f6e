import { describe, expect, it } from 'vitest';
import { resultReadTool } from '../../src/agent/result-read-tool.ts';
import { keptResult } from '../../src/agent/told-result.ts';
import type { Json } from '../../src/base/json.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { issue } from '../../src/governance/grant.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { startFresh } from '../../src/store/tables/talks.ts';
import { appendItem } from '../../src/store/tables/transcript.ts';
import { createResultRead } from '../../src/talks/result-read.ts';
import { freshStore } from '../store/fresh.ts';
import { session } from './stage.ts';

const labels = { integrity: 'untrusted', confidentiality: 'secret' } as const;
const TEXT = Array.from({ length: 9000 }, (_, n) => `line ${n}`).join('\n');

interface ReadIn {
  /** Where it is asked from. */
  readonly from?: string;
  readonly meanwhile?: () => Promise<void>;
}

/** A conversation with one long result, and what reads it. */
async function setResult() {
  const { store } = await freshStore();
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  await ensureSession(store, session);
  const plain = { role: 'tool', call: 'c', tool: 'net_fetch', ok: true, value: TEXT } as const;
  const kept = keptResult('e:c', { ...plain, text: TEXT });
  const place = { session: session.id, event: 'e', at: 1, labels, source: 'evil.example' };
  await appendItem(store, { ...place, ...kept });
  const action = createResultRead({ store });
  /** `meanwhile` happens between the decision and the deed. */
  const read = async (
    input: Json,
    { from = session.id, meanwhile = async () => {} }: ReadIn = {},
  ): Promise<string> => {
    const { resource } = resultReadTool.toIntent(input, session.id);
    const prepared = await action.prepare(resource, undefined);
    const request = {
      id: 'i',
      action: 'result.read',
      resource,
      labels: cleanLabels,
      context: { session: from },
      principal: { kind: 'agent', id: 'atom' } as const,
    };
    const grant = issue({ digest: '', prepared, request, complexity: 1 });
    await meanwhile();
    const value = await action.execute(grant, AbortSignal.timeout(5000), () => undefined);
    return resultReadTool.toText(value);
  };
  const keepOther = async (): Promise<void> => {
    const { item, whole } = keptResult('e:c', { ...plain, text: TEXT.toUpperCase() });
    await appendItem(store, { ...place, item, ...(whole === undefined ? {} : { whole }) });
  };
  return { store, read, action, keepOther, ref: kept.item.ref ?? '' };
}

describe('a long result that was told in part', () => {
  it('is read part by part until nothing is left', async () => {
    const { read, ref } = await setResult();
    let whole = '';
    for (let from = 0, more = true; more; ) {
      const text = await read({ ref, from });
      const end = text.lastIndexOf('\n(Characters ');
      whole += text.slice(0, end);
      const next = /It goes on: from (\d+)/.exec(text.slice(end));
      more = next !== null;
      from = Number(next?.[1]);
    }
    expect(whole).toBe(TEXT);
  });

  it('has the label that it came with, and says from where', async () => {
    const { action, ref } = await setResult();
    const prepared = await action.prepare({ session: session.id, ref }, undefined);
    expect(prepared).toMatchObject({ holds: labels, source: 'evil.example' });
  });

  it('is not found from another conversation, where its label would be missing', async () => {
    const { store, read, ref } = await setResult();
    await expect(read({ ref: '00000000' })).rejects.toMatchObject({ code: 'not-found' });
    await startFresh(store, session.id, { now: 2 });
    await expect(read({ ref })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is read by no agent of another conversation, whatever it names', async () => {
    const { read, ref } = await setResult();
    await expect(read({ ref }, { from: 's2' })).rejects.toMatchObject({ code: 'blocked' });
  });

  it('is not another that came under its name after it was decided', async () => {
    const { read, keepOther, ref } = await setResult();
    await expect(read({ ref }, { meanwhile: keepOther })).rejects.toMatchObject({
      code: 'blocked',
    });
  });

  it('is asked for by its ref alone: no model chooses the session', () => {
    expect(() => resultReadTool.toIntent({ ref: 'a', session: 's2' }, 's1')).toThrow(/wrongly/);
  });
});
