import { dirname } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { asAtomError } from '../base/errors.ts';
import { ensureFolder } from '../config/folder.ts';
import type { Checkpoint } from '../domain/checkpoint.ts';
import { type Notary, openNotary } from '../governance/audit/notary.ts';
import { appendCheckpoint, readCheckpoints } from './checkpoint-file.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';
import { recordKeys } from './record-keys.ts';

/** Sees to it that the record is signed, and that what was signed leaves the database. */
export interface Witness {
  /** Begins to sign: every minute in which something was recorded, and every thousand entries. */
  start(): void;
  /** Signs what is not signed yet, and writes it to the files. */
  checkpoint(): Promise<Checkpoint>;
  /** Hands over to a new key. Resolves to its text. */
  rotate(): Promise<string>;
  /** Signs once more, where it was started. */
  stop(): Promise<void>;
}

const EVERY_MS = 60_000;

export interface WitnessParts {
  readonly records: Pick<Records, 'store' | 'bus' | 'audit'>;
  /** Told of every new checkpoint once it is in the files, but not of the last one. */
  readonly onSigned: (checkpoint: Checkpoint) => Promise<void>;
}

/** Opens nothing yet: the key is asked for when something is to be signed first. */
export function createWitness(
  options: Pick<AtomOptions, 'config' | 'paths' | 'secrets' | 'clock' | 'log'>,
  { records, onSigned }: WitnessParts,
): Witness {
  const log = options.log.part('record');
  let opened: Promise<Notary> | undefined;
  let [newest, timer, stopDue]: [number, NodeJS.Timeout | undefined, () => void] = [
    0,
    undefined,
    () => undefined,
  ];
  const notary = (): Promise<Notary> => {
    opened ??= open(options, records).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const files = createFiles(options);
  const checkpoint = async (): Promise<Checkpoint> => {
    const signed = await (await notary()).checkpoint();
    if (signed.size <= newest) return signed;
    newest = signed.size;
    files.add(signed);
    if (timer !== undefined) await onSigned(signed);
    return signed;
  };
  const quietly = (): void => {
    checkpoint().catch((error: unknown) => {
      const text = `the record was not signed: ${asAtomError(error).message}`;
      log.error(text);
      records.bus.tell('alert', { kind: 'record', text });
    });
  };
  return {
    checkpoint,
    start: () => {
      timer = setInterval(quietly, EVERY_MS);
      stopDue = records.bus.on('record.due', quietly);
      notary().catch((error: unknown) =>
        log.error(`nothing signs the record yet: ${asAtomError(error).message}`),
      );
    },
    rotate: async () => {
      const key = await (await notary()).rotate();
      await checkpoint();
      return key;
    },
    stop: async () => {
      stopDue();
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      await checkpoint().catch((error: unknown) =>
        log.error(`the end of the record was not signed: ${asAtomError(error).message}`),
      );
    },
  };
}

const open = (
  { paths, secrets, clock, log }: Pick<AtomOptions, 'paths' | 'secrets' | 'clock' | 'log'>,
  { store, audit }: Pick<Records, 'store' | 'audit'>,
): Promise<Notary> =>
  openNotary({
    store,
    audit,
    clock,
    log: log.part('record'),
    profile: paths.profile,
    keys: recordKeys(secrets, log.part('record')),
    signedElsewhere: (origin) =>
      readCheckpoints(paths.checkpoints)
        .filter((one) => one.origin === origin)
        .reduce((most, { size }) => Math.max(most, size), 0),
  });

/** The files that checkpoints go to. One that cannot be written is told of once, and tried again. */
function createFiles({
  config,
  paths,
  log,
  clock,
}: Pick<AtomOptions, 'config' | 'paths' | 'log'> & { readonly clock: Clock }) {
  const told = new Set<string>();
  const { export: own } = config.audit;
  const all = own === undefined ? [paths.checkpoints] : [paths.checkpoints, own];
  return {
    add: (checkpoint: Checkpoint): void => {
      for (const file of all) {
        try {
          if (file === paths.checkpoints) ensureFolder(dirname(file));
          appendCheckpoint(file, checkpoint, clock.now());
          told.delete(file);
        } catch (error) {
          if (told.has(file)) continue;
          told.add(file);
          log
            .part('record')
            .error(
              `a checkpoint of the record did not get into ${file}: ${asAtomError(error).message}`,
            );
        }
      }
    },
  };
}
