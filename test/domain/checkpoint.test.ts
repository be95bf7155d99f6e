import { describe, expect, it } from 'vitest';
import { newSigner } from '../../src/base/signed-note.ts';
import { checkpointsIn, parseCheckpoint, signCheckpoint } from '../../src/domain/checkpoint.ts';

/** The example of c2sp.org/tlog-checkpoint. */
const EXAMPLE = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;
const root = '07'.repeat(32);

describe('a checkpoint', () => {
  it('is read as the specification writes it', () => {
    expect(parseCheckpoint(EXAMPLE)).toMatchObject({
      origin: 'example.com/behind-the-sofa',
      size: 20_852_163,
      note: EXAMPLE,
    });
  });

  it('is three lines that are signed', () => {
    const signer = newSigner('log.example/1');
    const { note } = signCheckpoint({ origin: signer.name, size: 5, root }, [signer]);
    const base64 = Buffer.from(root, 'hex').toString('base64');
    expect(note.startsWith(`log.example/1\n5\n${base64}\n\n— log.example/1 `)).toBe(true);
    expect(parseCheckpoint(note)).toMatchObject({ origin: 'log.example/1', size: 5 });
  });

  it.each([
    ['a size with a zero before it', ['o', '05', 32]],
    ['a size that is no number', ['o', '5x', 32]],
    ['a negative size', ['o', '-5', 32]],
    ['a root of another length', ['o', '5', 31]],
    ['no origin', ['', '5', 32]],
  ] as const)('is none with %s', (_, [origin, size, bytes]) => {
    const signature = EXAMPLE.split('\n')[4];
    const base64 = Buffer.alloc(bytes).toString('base64');
    expect(parseCheckpoint(`${origin}\n${size}\n${base64}\n\n${signature}\n`)).toBeUndefined();
  });

  it('may carry lines of others, which are signed, but no empty one', () => {
    const [origin, size, base64, , signature] = EXAMPLE.split('\n');
    const with_ = (line: string) =>
      parseCheckpoint(`${origin}\n${size}\n${base64}\n${line}\n\n${signature}\n`);
    expect(with_('more')?.size).toBe(20_852_163);
    expect(with_('\nmore')).toBeUndefined();
  });

  it('is found in a file of lines, in a saved message, and after half a line', () => {
    const line = JSON.stringify({ at: 'now', checkpoint: EXAMPLE });
    const message = `Record checkpoint: keep this.\n\n${EXAMPLE.trimEnd()}`;
    for (const text of [
      EXAMPLE,
      line,
      `{"checkpoint":"exa\n${line}\n`,
      message,
      `${line}\n${line}`,
    ])
      expect(checkpointsIn(text)[0], text).toMatchObject({ size: 20_852_163, note: EXAMPLE });
    expect(checkpointsIn(message.replaceAll('\n', '\r\n'))).toHaveLength(1);
    expect(checkpointsIn('nothing here')).toEqual([]);
  });
});
