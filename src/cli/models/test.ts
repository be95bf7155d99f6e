import { visible } from '../../base/visible.ts';
import type { ModelTest } from '../../domain/model-choice.ts';
import type { Cli } from '../cli.ts';
import { withShelf } from '../skills/shelf.ts';

/** Longer than any answer is waited for. */
const PATIENT = { timeoutMs: 1_300_000 };

/** Asks a model for a call and an answer. Throws AtomError with what its provider says. */
export async function testModel(cli: Cli, model: string | undefined): Promise<void> {
  const wish = model === undefined ? {} : { model };
  const result = await withShelf(cli, (gateway) => gateway.request('models.test', wish, PATIENT));
  if (cli.out.json) return cli.out.object({ ...result });
  cli.out.data(visible(result.text.trim()));
  cli.out.say(`${result.model}: ${wordsOf(result)}.`);
  if (!result.calledTool)
    cli.out.warn(
      'It did not call the tool that it was told to call, so atom can do little with it.',
    );
}

function wordsOf({ firstMs, totalMs, tokens, money, currency, calledTool }: ModelTest): string {
  const cost = money === undefined ? 'cost not known' : `${money.toFixed(6)} ${currency}`;
  return [
    firstMs === undefined ? 'no word' : `first word after ${firstMs} ms`,
    `${totalMs} ms in all`,
    calledTool ? 'tool called' : 'no tool called',
    tokens ? `${tokens.input} tokens in, ${tokens.output} out` : 'tokens not counted',
    cost,
  ].join(' · ');
}
