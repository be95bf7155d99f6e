import { describe, expect, it } from 'vitest';
import { corporaFolder, haveCorpora, loadCorpus } from './score/corpora.ts';
import { bypassAllowed, dangerousAllowed, tasksThatAre } from './score/promises.ts';
import { personalTaken, secretsTaken } from './score/redaction.ts';
import { sharesTable } from './score/shares.ts';

const texts = (notes: readonly { readonly sample: { readonly name: string } }[]) =>
  notes.map(({ sample }) => sample.name);

describe.skipIf(!haveCorpora())(
  `commands that atom never saw (skipped where there are none at ${corporaFolder})`,
  () => {
    it('are never allowed at supervised when dangerous, but for what jail and undo hold', () => {
      const dangerous = ['shell_dcg', 'toolcall_defenseclaw']
        .flatMap(loadCorpus)
        .filter(({ label }) => label === 'dangerous');
      expect(dangerous.length).toBeGreaterThan(400);
      expect(texts(dangerousAllowed(dangerous).loose)).toEqual([]);
    });

    it('do not get past by being written oddly', () => {
      expect(loadCorpus('shell_bypass')).toHaveLength(166);
      expect(texts(bypassAllowed().loose)).toEqual([]);
    });

    it('are rarely asked about at supervised, and never denied, when they are ordinary tasks', () => {
      const tasks = loadCorpus('shell_intercode').length;
      expect(texts(tasksThatAre('deny', 'supervised'))).toEqual([]);
      expect(tasksThatAre('ask', 'supervised').length).toBeLessThanOrEqual(tasks / 10);
    });

    it('are told in shares that come to the whole', () => {
      for (const row of sharesTable({ undo: true }).slice(1)) {
        const shares = [...row.matchAll(/([\d.]+) %/g)].map(([, share]) => Number(share));
        expect(shares).toHaveLength(3);
        expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(0.2);
      }
    });
  },
);

describe.skipIf(!haveCorpora())(
  `texts that atom never saw (skipped where there are none at ${corporaFolder})`,
  () => {
    it('lose their secrets before they are posted', () => {
      const { secrets } = secretsTaken();
      expect(secrets.all).toBeGreaterThan(50);
      expect(secrets.found / secrets.all).toBeGreaterThanOrEqual(0.95);
    });

    it('lose what tells who somebody is, and mostly stay whole where nothing does', () => {
      // Addresses of machines and names of accounts are not looked for.
      const looked = personalTaken().filter(([kind]) => !/IP Address|Username/.test(kind));
      for (const [kind, { found, all }] of looked)
        if (kind === 'none of it') expect(found / all).toBeLessThanOrEqual(0.1);
        else expect([kind, found]).toEqual([kind, all]);
    });
  },
);
