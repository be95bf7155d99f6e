import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import type { ActionRequest } from '../../src/domain/action.ts';
import { createCosts } from '../../src/llm/cost.ts';
import type { ModelSettings } from '../../src/llm/place.ts';

const request = (model: string, text = 'hello', action = 'llm.complete') =>
  ({
    action,
    resource: { model, system: '', messages: [{ role: 'user', text }], tools: [] },
  }) as unknown as ActionRequest;

const most = (model: string, settings: ModelSettings = {}, text?: string): number =>
  createCosts(settings).most(request(model, text)).money;

const answered = (usage: Json) => ({ ok: true, value: { text: '', calls: [], usage } }) as const;

describe('what a model may cost', () => {
  it('is its price for what is asked and for the longest answer', () => {
    const short = most('anthropic/claude-haiku-4-5');
    expect(short).toBeGreaterThan(8192 * 5);
    const long = most('anthropic/claude-haiku-4-5', {}, 'x'.repeat(4_000_000));
    expect(long - short).toBeGreaterThanOrEqual(999_000);
  });

  it('is known for a snapshot of a model, and not for a variant of it', () => {
    const known = most('anthropic/claude-opus-4-5');
    for (const name of ['-20251101', '-latest', '-2025-11-01'])
      expect(most(`anthropic/claude-opus-4-5${name}`)).toBe(known);
    expect(most('anthropic/claude-opus-4-5-turbo')).toBeGreaterThan(known);
    expect(most('openai/gpt-5-mini')).toBeLessThan(most('openai/gpt-5'));
    expect(most('openai/gpt-5-pro')).toBeGreaterThan(most('openai/gpt-5'));
  });

  it('is taken to be high where nobody knows the model', () => {
    expect(most('openai/brand-new')).toBeGreaterThan(8192 * 75);
    const elsewhere = { custom: { baseUrl: 'https://models.example/v1' } };
    expect(most('custom/anything', elsewhere)).toBeGreaterThan(8192 * 75);
  });

  it('is at OpenRouter what the maker takes, for the model itself', () => {
    expect(most('openrouter/google/gemini-2.5-flash')).toBe(most('google/gemini-2.5-flash'));
    const haiku = most('openrouter/anthropic/claude-haiku-4.5');
    expect(haiku).toBe(most('anthropic/claude-haiku-4-5'));
    expect(most('openrouter/anthropic/claude-haiku-4.5:nitro')).toBeGreaterThan(haiku);
    expect(most('openrouter/openrouter/auto')).toBeGreaterThan(8192 * 75);
    expect(most('google/claude-haiku-4-5')).toBeGreaterThan(haiku);
  });

  it('is nothing on this machine', () => {
    for (const name of ['local', 'ollama', 'lmstudio', 'llamacpp'])
      expect(most(`${name}/llama`)).toBe(0);
    expect(most('custom/x', { custom: { baseUrl: 'http://127.0.0.1:8080/v1' } })).toBe(0);
    expect(most('custom/x', { custom: { baseUrl: 'http://localhost.evil.example/v1' } })).not.toBe(
      0,
    );
  });

  it('is what the owner says where they say it', () => {
    const settings = { openai: { price: { input: 0, output: 1 } } };
    expect(most('openai/gpt-5', settings)).toBe(8192);
    expect(most('local/llama', { local: { price: { input: 0, output: 2 } } })).toBe(2 * 8192);
  });
});

describe('how many tokens a model may take', () => {
  const tokens = (model: string, text: string): number =>
    createCosts({}).most(request(model, text)).tokens;

  it('is the longest answer and what is asked, also where it costs nothing and in any script', () => {
    expect(tokens('local/llama', 'x'.repeat(35_000))).toBeGreaterThan(8192 + 10_000);
    expect(tokens('local/llama', '水'.repeat(35_000))).toBeGreaterThan(8192 + 31_000);
  });
});

describe('what a model did cost', () => {
  const costs = createCosts({});
  const nothing = { money: 0, tokens: 0 };
  const asked = request('anthropic/claude-haiku-4-5');

  it('is what it says that it used', () => {
    const used = answered({ input: 1000, output: 10 });
    expect(costs.paid(asked, used)).toEqual({ money: 1050, tokens: 1010 });
  });

  it('is less for what came from a cache only where the owner says so, and is never below nothing', () => {
    const usage = { input: 1000, output: 10, cached: 900, reasoning: 8 };
    expect(costs.paid(asked, answered(usage))).toEqual({ money: 1050, tokens: 1010 });
    const price = { input: 1, output: 5, cached: 0.1 };
    const told = createCosts({ anthropic: { price } });
    expect(told.paid(asked, answered(usage))).toEqual({ money: 100 + 90 + 50, tokens: 1010 });
    const strange = { ...usage, cached: 5000 };
    expect(told.paid(asked, answered(strange))?.money).toBe(100 + 50);
  });

  it('is not known where it does not say, or was cut off', () => {
    expect(costs.paid(asked, answered({ input: 1000 }))).toBeUndefined();
    expect(costs.paid(asked, answered({}))).toBeUndefined();
    expect(costs.paid(asked, { ok: false, reason: 'stopped', message: '' })).toBeUndefined();
  });

  it('is nothing where it was never reached, and never more for everything else that is done', () => {
    expect(costs.paid(asked, { ok: false, reason: 'blocked', message: '' })).toEqual(nothing);
    const other = request('x', 'y', 'file.read');
    expect([costs.most(other), costs.paid(other, answered({}))]).toEqual([nothing, undefined]);
  });
});
