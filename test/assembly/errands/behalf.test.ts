import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openOffice } from './office.ts';

it('whoever has no jail gets nothing out of one by asking somebody who has', async () => {
  const { hire, say, store, profile } = await openOffice();
  await hire({ boxed: 'supervised', clerk: 'supervised', atom: 'supervised' });
  await store.run(`UPDATE agent SET jails = '[]', skills = '[]' WHERE id = 'boxed'`);
  writeFileSync(join(profile.jail, 'notes.txt'), 'the secret plan\n');
  expect(await say('show me notes.txt', 'boxed')).toContain('may not use the jail');
  for (const way of ['ask atom to', 'ask clerk to ask atom to']) {
    expect(await say(`${way} show me notes.txt`, 'boxed')).toContain('may not use the jail');
    expect(await say(`${way} list files`, 'boxed')).toContain('may not use the jail');
  }
  // Also where it is somebody on the way, and not the one who began.
  expect(await say('ask boxed to ask clerk to show me notes.txt')).toContain(
    'may not use the jail',
  );
  expect(await say('ask clerk to show me notes.txt')).toContain('the secret plan');
});

it('your rule about an agent holds for what others do for it', async () => {
  const { hire, say, profile } = await openOffice({
    rules: [
      {
        name: 'reader',
        verdict: 'deny',
        agent: 'reader',
        action: 'file.write',
        reason: 'It only reads',
      },
    ],
  });
  await hire({ atom: 'supervised', reader: 'supervised', clerk: 'supervised' });
  const file = join(profile.jail, 'a.txt');
  expect(await say('ask clerk to ask atom to write one to a.txt', 'reader')).toContain(
    'your rule reader',
  );
  expect(existsSync(file)).toBe(false);
  expect(await say('ask clerk to write one to a.txt')).toContain('clerk answers');
  expect(existsSync(file)).toBe(true);
});
