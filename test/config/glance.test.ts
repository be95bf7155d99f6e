import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnv } from '../../src/config/env.ts';
import { readConfig } from '../../src/config/file.ts';
import { glanceAt } from '../../src/config/glance.ts';
import { type Paths, pathsFor } from '../../src/config/paths.ts';

let home: string;
let paths: Paths;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'atom-glance-'));
  paths = pathsFor({ ...readEnv(), folders: { atomConfig: home, atomState: home } });
  mkdirSync(paths.config);
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (text: string): void => writeFileSync(paths.configFile, text, { mode: 0o600 });

describe('the folder that is shown', () => {
  const jails = [
    { name: 'letters', folder: '/home/dana/letters' },
    { name: 'work', folder: '/home/dana/work' },
  ];

  it('is that of the workspace of the checked settings', async () => {
    for (const settings of [{}, { workspace: 'letters' }, { workspace: 'nowhere' }]) {
      write(JSON.stringify({ version: 1, jails, ...settings }));
      const config = await readConfig(paths);
      const checked = config.jails.find(({ name }) => name === config.workspace);
      expect(glanceAt(paths).folder).toBe(checked?.folder);
    }
  });

  it('is none where the settings cannot be read', () => {
    expect(glanceAt(paths).folder).toBeUndefined();
    for (const text of ['{', 'null', '[]', '{"jails":7}', '{"jails":[null]}']) {
      write(text);
      expect(glanceAt(paths).folder).toBeUndefined();
    }
    write('{"jails":[{"name":"work","folder":7}],"ui":{"theme":"light"}}');
    expect(glanceAt(paths).theme).toBe('light');
    expect(glanceAt(paths).folder).toBeUndefined();
  });
});
