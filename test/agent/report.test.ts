import { expect, it } from 'vitest';
import { reportOf } from '../../src/agent/offline/report.ts';

it('a command line that was cut off is named in the reply that doubts it', () => {
  const line = 'echo one | tee -a notes.txt';
  const text = reportOf([
    { role: 'user', text: `/run ${line}`, sender: '42' },
    {
      role: 'assistant',
      text: '',
      calls: [{ id: 'a', tool: 'shell_exec', input: { line } }],
      final: false,
    },
    {
      role: 'tool',
      call: 'a',
      tool: 'shell_exec',
      ok: false,
      value: { refused: 'uncertain' },
      text: 'atom stopped while this was running.',
    },
  ]);
  expect(text).toContain(`I cannot tell whether I could run: ${line}`);
});
