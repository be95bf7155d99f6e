import { expect, it } from 'vitest';
import { type McpTool, toolDigest } from '../../../src/domain/mcp.ts';
import { complexityOf, UNCLASSIFIED } from '../../../src/skills/mcp/standing.ts';
import { deleteMcp, mcpKnown, putMcpClass } from '../../../src/store/tables/mcp.ts';
import { freshStore } from '../../store/fresh.ts';

it('a tool that was said to do more than others is held to it, whatever it says since and though its server was removed', async () => {
  const { store } = await freshStore();
  const tool = (name: string, description: string): McpTool => ({
    name,
    description,
    input: {},
    annotations: {},
  });
  const classes = [
    { said: tool('wipe', 'Wipes'), complexity: 4 },
    { said: tool('look', 'Looks'), complexity: 1 },
  ] as const;
  for (const { said, complexity } of classes)
    await putMcpClass(store, {
      server: 'odd',
      tool: said.name,
      complexity,
      digest: toolDigest(said),
    });
  const counts = async (name: string, words: string) =>
    complexityOf(await mcpKnown(store), 'odd', tool(name, words));
  expect([await counts('wipe', 'Tidies up'), await counts('wipe', 'Wipes')]).toEqual([4, 4]);
  expect([await counts('look', 'Looks'), await counts('look', 'Changes')]).toEqual([1, undefined]);
  await deleteMcp(store, 'odd', UNCLASSIFIED);
  expect([await counts('wipe', 'Wipes'), await counts('look', 'Looks')]).toEqual([4, undefined]);
});
